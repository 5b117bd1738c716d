#include "media/subprocess.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <system_error>
#include <utility>

#include "base/log.hpp"
#include "media/sandbox.hpp"

#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U  // since Linux 6.3
#endif

namespace posy::media {
namespace {

constexpr char const* search_folders[] = {"/usr/local/bin", "/usr/bin", "/bin"};
constexpr int nice_value = 10;  // people who read come before a film that is being converted

[[noreturn]] void fail(char const* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

class File {
 public:
  explicit File(int descriptor = -1) : descriptor_(descriptor) {}
  File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  File& operator=(File&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~File() { close(); }
  void close() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

struct Pipe {
  File read, write;
  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) fail("pipe2");
    read = File(ends[0]);
    write = File(ends[1]);
    // Our end never blocks; the program's end does, as programs expect.
    if (fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) fail("fcntl");
  }
};

std::optional<std::string> find_program(std::string const& name) {
  if (name.starts_with('/')) return access(name.c_str(), X_OK) == 0 ? std::optional(name) : std::nullopt;
  for (auto folder : search_folders) {
    std::string path = std::string(folder) + "/" + name;
    if (access(path.c_str(), X_OK) == 0) return path;
  }
  return {};
}

// What execveat(2) is to start: a path, or an open file.
struct Program {
  char const* path = "";
  int file = AT_FDCWD;
  int flags = 0;
};

// A file that exists in memory only, sealed so that nobody can change what we run.
File keep_in_memory(std::string_view program) {
  constexpr unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
  int descriptor = memfd_create("posy-program", flags | MFD_EXEC);
  if (descriptor < 0 && errno == EINVAL) descriptor = memfd_create("posy-program", flags);
  File file(descriptor);
  while (file.get() >= 0 && !program.empty()) {
    ssize_t n = write(file.get(), program.data(), program.size());
    if (n > 0) program.remove_prefix(static_cast<std::size_t>(n));
    if (n < 0 && errno != EINTR) return File();
  }
  constexpr int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  if (file.get() >= 0 && fcntl(file.get(), F_ADD_SEALS, seals) != 0) return File();
  return file;
}

// Everything the child needs, made before the fork.
struct Launch {
  Program const& program;
  char* const* arguments;
  char* const* environment;
  int input, output, errors;
  Confinement const& confinement;
  FileWall const& wall;
  pid_t parent;
};

// On a machine that runs out of memory the child goes before the server. Nothing depends on it.
void go_first() noexcept {
  int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  [[maybe_unused]] auto written = write(file, "1000", 4);
  close(file);
}

// Only what may be called between fork and exec.
void report(int error) noexcept {
  char message[] = "posy: the program could not be confined or started, error 000\n";
  for (char* digit = message + sizeof message - 3; error > 0 && *digit == '0'; error /= 10) {
    *digit-- = static_cast<char>('0' + error % 10);
  }
  [[maybe_unused]] auto written = write(2, message, sizeof message - 1);
}

[[noreturn]] void run_child(Launch const& launch) noexcept {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  signal(SIGPIPE, SIG_DFL);
  go_first();
  // Its own group, to be ended as a whole; and it ends when we do, even if we are killed.
  bool ready = setpgid(0, 0) == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == launch.parent &&
               dup2(launch.input, 0) == 0 && dup2(launch.output, 1) == 1 && dup2(launch.errors, 2) == 2 &&
               chdir("/") == 0 && setpriority(PRIO_PROCESS, 0, nice_value) == 0 &&
               enter_sandbox(launch.confinement, launch.wall) &&
               close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) == 0;
  auto const& program = launch.program;
  if (ready) execveat(program.file, program.path, launch.arguments, launch.environment, program.flags);
  report(errno);
  _exit(exit_not_started);
}

// Takes what is there. False at the end of the stream.
bool drain(File const& pipe, std::string& into, std::size_t bytes_max) {
  std::array<char, 16384> buffer;
  for (;;) {
    ssize_t n = read(pipe.get(), buffer.data(), buffer.size());
    if (n == 0) return false;
    if (n < 0) return errno == EINTR || errno == EAGAIN;
    into.append(buffer.data(), std::min(static_cast<std::size_t>(n), bytes_max - into.size()));
    if (static_cast<std::size_t>(n) < buffer.size()) return true;
  }
}

// A child that has not been waited for. Whatever happens, its group is ended and it does not stay a zombie.
class Child {
 public:
  explicit Child(pid_t id) : id_(id), handle_(static_cast<int>(syscall(SYS_pidfd_open, id, 0))) {
    setpgid(id_, id_);  // also in the child: whoever comes first
  }
  ~Child() {
    if (id_ > 0) wait();
  }
  Child(Child const&) = delete;
  Child& operator=(Child const&) = delete;

  int handle() const { return handle_.get(); }
  void end() const { ::kill(-id_, SIGKILL); }
  // Ends what is left of the group first: until we have waited, nobody else can have its number.
  int wait() {
    end();
    int status = 0;
    while (waitpid(id_, &status, 0) < 0) {
      if (errno != EINTR) fail("waitpid");
    }
    id_ = -1;
    return status;
  }

 private:
  pid_t id_;
  File handle_;
};

int milliseconds_until(std::chrono::steady_clock::time_point deadline) {
  auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

// Collects output until the program itself has ended; children that it left behind do not prolong it.
void follow(Child& child, Pipe& output, Pipe& errors, Confinement const& confinement, Finished& finished) {
  auto deadline = std::chrono::steady_clock::now() + confinement.time_max;
  std::array<pollfd, 3> waits{pollfd{output.read.get(), POLLIN, 0}, pollfd{errors.read.get(), POLLIN, 0},
                              pollfd{child.handle(), POLLIN, 0}};
  for (;;) {
    int ready = poll(waits.data(), waits.size(), milliseconds_until(deadline));
    if (ready < 0 && errno != EINTR) fail("poll");
    if (!drain(output.read, finished.output, confinement.output_bytes_max)) waits[0].fd = -1;
    if (!drain(errors.read, finished.errors, confinement.output_bytes_max)) waits[1].fd = -1;
    if (ready > 0 && waits[2].revents != 0) return;
    if (std::chrono::steady_clock::now() >= deadline) {
      finished.timed_out = true;
      return;
    }
  }
}

Finished run(Program const& program, std::vector<std::string> const& command,
             Confinement const& confinement) {
  std::vector<char*> arguments;
  for (auto const& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  char path[] = "PATH=/usr/local/bin:/usr/bin:/bin", locale[] = "LC_ALL=C.UTF-8",
       arenas[] = "MALLOC_ARENA_MAX=2";
  char* environment[] = {path, locale, arenas, nullptr};

  File null(open("/dev/null", O_RDONLY | O_CLOEXEC));
  if (null.get() < 0) fail("/dev/null");
  Pipe output, errors;
  FileWall wall(confinement);
  Launch launch{
      program, arguments.data(), environment, null.get(), output.write.get(), errors.write.get(), confinement,
      wall,    getpid()};

  pid_t id = fork();
  if (id < 0) fail("fork");
  if (id == 0) run_child(launch);
  Child child(id);
  if (child.handle() < 0) fail("pidfd_open");
  output.write.close();
  errors.write.close();

  Finished finished;
  follow(child, output, errors, confinement, finished);
  int status = child.wait();
  // What it wrote with its last breath is still in the pipes.
  drain(output.read, finished.output, confinement.output_bytes_max);
  drain(errors.read, finished.errors, confinement.output_bytes_max);
  if (WIFEXITED(status)) finished.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) finished.signal = WTERMSIG(status);
  return finished;
}

}  // namespace

Result<Finished> run_confined(std::vector<std::string> const& command, Confinement const& confinement) {
  auto path = find_program(command.at(0));
  if (!path) return Error{Refusal::unavailable, "The program " + command[0] + " is not installed"};
  return run({.path = path->c_str()}, command, confinement);
}

Result<Finished> run_carried(std::string_view program, std::vector<std::string> const& command,
                             Confinement const& confinement) {
  File file = keep_in_memory(program);
  if (file.get() < 0) {
    log::error("a program cannot be kept in memory (memfd_create): error {}", errno);
    return Error{Refusal::unavailable, "The program " + command.at(0) + " cannot be run on this server"};
  }
  return run({.file = file.get(), .flags = AT_EMPTY_PATH}, command, confinement);
}

}  // namespace posy::media
