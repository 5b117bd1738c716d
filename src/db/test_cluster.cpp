#include "db/test_cluster.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <system_error>

namespace posy::db {
namespace {

constexpr int start_timeout_ms = 60'000;

// The shell that runs this outlives the test program however that ends: it waits for the end of its standard
// input, which the program holds open, and then clears everything away.
constexpr char const* script = R"sh(
set -e
"$1/initdb" -D "$2/data" -A trust -U posy -E UTF8 --locale=C.UTF-8 --no-sync >"$2/log" 2>&1
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c full_page_writes=off \
  -c synchronous_commit=off -c max_connections=200 -c shared_buffers=32MB -c autovacuum=off >>"$2/log" 2>&1 &
server=$!
until "$1/pg_isready" -q -h "$2"; do kill -0 $server; sleep 0.05; done
echo ready
read end || true
kill -QUIT $server
wait $server || true
rm -rf "$2"
)sh";

[[noreturn]] void fail(std::string const& doing) {
  throw std::system_error(errno, std::generic_category(), doing);
}

std::optional<std::filesystem::path> find_programs() {
  std::error_code none_installed;
  std::optional<std::filesystem::path> newest;
  for (auto const& version : std::filesystem::directory_iterator("/usr/lib/postgresql", none_installed)) {
    auto programs = version.path() / "bin";
    if (std::filesystem::exists(programs / "initdb") && (!newest || *newest < programs)) newest = programs;
  }
  return newest;
}

// PostgreSQL refuses to run as root.
passwd const* unprivileged_user() {
  if (::geteuid() != 0) return nullptr;
  if (auto* user = ::getpwnam("postgres")) return user;
  return ::getpwnam("nobody");
}

class ChildCluster final : public Cluster {
 public:
  explicit ChildCluster(std::filesystem::path const& programs) {
    char folder[] = "/tmp/posy-XXXXXX";  // short: the path of a socket has 107 bytes
    if (!::mkdtemp(folder)) fail("mkdtemp");
    folder_ = folder;
    passwd const* user = unprivileged_user();
    if (user && ::chown(folder, user->pw_uid, user->pw_gid) != 0) fail("chown");

    int life[2], ready[2];
    if (::pipe2(life, O_CLOEXEC) != 0 || ::pipe2(ready, O_CLOEXEC) != 0) fail("pipe");
    pid_t child = ::fork();
    if (child < 0) fail("fork");
    if (child == 0) run_child(life[0], ready[1], user, programs.c_str());
    ::close(life[0]);
    ::close(ready[1]);
    alive_ = life[1];
    wait_until_ready(ready[0]);
  }
  // Only asks: the shell clears up by itself.
  ~ChildCluster() override { ::close(alive_); }

  std::string url_of(std::string const& database) const override {
    return fmt::format("postgres://posy@/{}?host={}", database, folder_);
  }

 private:
  [[noreturn]] void run_child(int life, int ready, passwd const* user, char const* programs) {
    ::setsid();  // Ctrl-C is for the tests; the shell must live to clear up
    ::dup2(life, 0);
    ::dup2(ready, 1);
    if (user && (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0))
      ::_exit(1);
    if (::chdir(folder_.c_str()) != 0) ::_exit(1);
    ::execl("/bin/sh", "sh", "-c", script, "sh", programs, folder_.c_str(), nullptr);
    ::_exit(1);
  }

  void wait_until_ready(int pipe) {
    pollfd waiting{.fd = pipe, .events = POLLIN, .revents = 0};
    char byte;
    bool is_ready = ::poll(&waiting, 1, start_timeout_ms) == 1 && ::read(pipe, &byte, 1) == 1;
    ::close(pipe);
    if (!is_ready) throw std::runtime_error("PostgreSQL did not start: see " + folder_ + "/log");
  }

  std::string folder_;
  int alive_ = -1;
};

class GivenCluster final : public Cluster {
 public:
  explicit GivenCluster(std::string url) {
    // postgres://user@host:port/database?options: everything around the name of the database.
    auto authority = url.find("://") + 3;
    auto options = std::min(url.find('?'), url.size());
    auto path = std::min(url.find('/', authority), options);
    before_ = url.substr(0, path);
    after_ = url.substr(options);
  }
  std::string url_of(std::string const& database) const override {
    return fmt::format("{}/{}{}", before_, database, after_);
  }

 private:
  std::string before_, after_;
};

}  // namespace

bool is_cluster_available() {
  return std::getenv("POSY_TEST_POSTGRES") || find_programs();
}

Cluster& cluster() {
  static std::unique_ptr<Cluster> const only = []() -> std::unique_ptr<Cluster> {
    if (char const* url = std::getenv("POSY_TEST_POSTGRES")) return std::make_unique<GivenCluster>(url);
    auto programs = find_programs();
    if (!programs) throw std::runtime_error("PostgreSQL is not installed");
    return std::make_unique<ChildCluster>(*programs);
  }();
  return *only;
}

}  // namespace posy::db
