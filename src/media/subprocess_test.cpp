#include "media/subprocess.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>

#include "media/sandbox.hpp"
#include "media/test_fixtures.hpp"

namespace posy::media {
namespace {

using namespace testing;
using namespace std::chrono_literals;

Finished shell(std::string const& script, Confinement const& confinement = {}) {
  return run_confined({"bash", "-c", script}, confinement).value();
}

TEST(Subprocess, GivesOutputErrorsAndExitCode) {
  auto finished = shell("echo out; echo err >&2; exit 3");
  EXPECT_EQ(finished.output, "out\n");
  EXPECT_EQ(finished.errors, "err\n");
  EXPECT_EQ(finished.exit_code, 3);
  EXPECT_FALSE(finished.succeeded());
  EXPECT_TRUE(shell("true").succeeded());
}

TEST(Subprocess, PassesArgumentsAsTheyAre) {
  EXPECT_EQ(run_confined({"printf", "%s", "$(id) 'a b' ; *"}, {}).value().output, "$(id) 'a b' ; *");
}

TEST(Subprocess, SeesNoInputAndNothingOfOurEnvironment) {
  setenv("POSY_SECRET", "hidden", 1);
  auto finished = shell("cat; echo \"[$POSY_SECRET]\"; pwd");
  unsetenv("POSY_SECRET");
  EXPECT_EQ(finished.output, "[]\n/\n");
}

TEST(Subprocess, SeesNoneOfOurOpenFiles) {
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);  // without close-on-exec
  auto finished = shell("echo stolen >&" + std::to_string(pipe_ends[1]));
  close(pipe_ends[0]);
  close(pipe_ends[1]);
  EXPECT_FALSE(finished.succeeded());
}

// A copy of bash that is no file.
Finished carried_shell(std::string const& script, Confinement const& confinement = {}) {
  return run_carried(content_of("/bin/bash"), {"carried", "-c", script}, confinement).value();
}

TEST(CarriedProgram, RunsFromMemory) {
  auto finished = carried_shell("echo $0 $((6 * 7)); cat; exit 3");
  EXPECT_EQ(finished.output, "carried 42\n");
  EXPECT_EQ(finished.exit_code, 3);
}

TEST(CarriedProgram, SeesNoOpenFilesNotEvenItself) {
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);  // without close-on-exec
  auto finished = carried_shell("for f in /proc/self/fd/*; do echo ${f##*/}; done", {.readable = {"/proc"}});
  close(pipe_ends[0]);
  close(pipe_ends[1]);
  EXPECT_EQ(finished.output, "0\n1\n2\n3\n");  // 3 is the folder that it looks into
}

TEST(CarriedProgram, CannotChangeItself) {
  auto finished = carried_shell("echo x >> /proc/self/exe && echo changed", {.readable = {"/proc"}});
  EXPECT_EQ(finished.output, "");
}

TEST(CarriedProgram, ThatIsNoProgramSaysSo) {
  for (std::string bytes : {"", "just text",
                            "\x7f"
                            "ELF"}) {
    auto finished = run_carried(bytes, {"carried"}, {}).value();
    EXPECT_EQ(finished.exit_code, exit_not_started);
    EXPECT_EQ(finished.errors, "posy: the program could not be confined or started, error 008\n");  // ENOEXEC
  }
}

TEST(Subprocess, SaysWhenTheProgramIsNotInstalled) {
  EXPECT_EQ(run_confined({"posy-no-such-program"}, {}).error().refusal, Refusal::unavailable);
  EXPECT_EQ(run_confined({"/nowhere/ffmpeg"}, {}).error().refusal, Refusal::unavailable);
}

TEST(Subprocess, EndsAProgramThatTakesTooLongWithItsChildren) {
  Folder folder;
  Confinement confinement{.time_max = 300ms, .writable = {folder.path()}};
  auto file = (folder / "late").string();
  auto finished = shell("(sleep 1; echo x > " + file + ") & sleep 100", confinement);
  EXPECT_TRUE(finished.timed_out);
  EXPECT_EQ(finished.signal, SIGKILL);
  std::this_thread::sleep_for(1200ms);
  EXPECT_FALSE(fs::exists(file));
}

TEST(Subprocess, EndsAProgramThatHasClosedItsOutput) {
  auto finished = shell("exec >&- 2>&-; sleep 100", {.time_max = 300ms});
  EXPECT_TRUE(finished.timed_out);
}

TEST(Subprocess, DoesNotWaitForAChildLeftBehind) {
  auto finished = shell("sleep 100 & echo done");
  EXPECT_FALSE(finished.timed_out);
  EXPECT_EQ(finished.output, "done\n");
}

TEST(Subprocess, HoldsTheMemoryLimit) {
  // A variable that doubles until bash cannot have more.
  std::string script = "x=0123456789abcdef; for i in {1..23}; do x=$x$x; done; echo survived";
  EXPECT_EQ(shell(script, {.memory_bytes_max = 2048u << 20}).output, "survived\n");
  auto small = shell(script, {.memory_bytes_max = 64 << 20});
  EXPECT_FALSE(small.succeeded());
  EXPECT_EQ(small.output, "");
}

TEST(Subprocess, HoldsTheFileLimit) {
  Folder folder;
  auto file = (folder / "big").string();
  Confinement confinement{.file_bytes_max = 4096, .writable = {folder.path()}};
  auto finished =
      run_confined({"dd", "if=/bin/bash", "of=" + file, "bs=1024", "count=64"}, confinement).value();
  EXPECT_EQ(finished.signal, SIGXFSZ);
  EXPECT_LE(fs::file_size(file), 4096u);
}

TEST(Subprocess, KeepsABoundedPartOfTheOutput) {
  auto finished =
      shell("for i in {1..20000}; do echo 0123456789; done; echo x >&2", {.output_bytes_max = 1000});
  EXPECT_TRUE(finished.succeeded());
  EXPECT_EQ(finished.output.size(), 1000u);
  EXPECT_EQ(finished.errors, "x\n");
}

// A listener on loopback that would be glad of a connection.
class Listener {
 public:
  Listener() : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(socket_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(listen(socket_, 4), 0);
    EXPECT_EQ(getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
  }
  ~Listener() { close(socket_); }
  int port() const { return port_; }

 private:
  int socket_;
  int port_ = 0;
};

TEST(Subprocess, ReachesNoNetwork) {
  Listener listener;
  std::string connect = "exec 3<>/dev/tcp/127.0.0.1/" + std::to_string(listener.port());
  ASSERT_EQ(std::system(("bash -c '" + connect + "'").c_str()), 0);  // outside the walls it can
  EXPECT_FALSE(shell(connect).succeeded());
}

TEST(Subprocess, GoesBeforeTheServerWhenMemoryRunsOut) {
  EXPECT_EQ(shell("cat /proc/self/oom_score_adj", {.readable = {"/proc"}}).output, "1000\n");
}

TEST(Subprocess, SignalsNoOtherProcess) {
  auto finished = shell("kill -0 " + std::to_string(getpid()) + " && echo reached");
  EXPECT_EQ(finished.output, "");
}

TEST(Subprocess, ReadsAndWritesOnlyWhatItWasGiven) {
  if (!FileWall({}).exists()) GTEST_SKIP() << "this kernel has no Landlock";
  Folder folder;
  auto secret = folder.write("secret", "secret").string();
  auto given = folder.write("given", "given").string();
  fs::create_directories(folder / "work");
  Confinement confinement{.readable = {given}, .writable = {folder / "work"}};
  EXPECT_EQ(shell("cat " + given, confinement).output, "given");
  EXPECT_EQ(shell("cat " + secret, confinement).output, "");
  EXPECT_EQ(carried_shell("cat " + given, confinement).output, "given");
  EXPECT_EQ(carried_shell("cat " + secret, confinement).output, "");
  EXPECT_FALSE(shell("cat /etc/passwd", confinement).succeeded());
  EXPECT_FALSE(shell("ls " + folder.path().string(), confinement).succeeded());
  EXPECT_FALSE(shell("cat /proc/" + std::to_string(getpid()) + "/environ", confinement).succeeded());
  EXPECT_TRUE(shell("echo x > " + (folder / "work/new").string(), confinement).succeeded());
  EXPECT_FALSE(shell("echo x > " + (folder / "new").string(), confinement).succeeded());
  EXPECT_FALSE(shell("echo x > " + given, confinement).succeeded());
  EXPECT_FALSE(run_confined({"truncate", "-s", "0", secret}, confinement).value().succeeded());
  EXPECT_EQ(content_of(folder / "secret"), "secret");
}

}  // namespace
}  // namespace posy::media
