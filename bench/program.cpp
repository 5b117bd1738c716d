#include "program.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include "process.hpp"

namespace posy::bench {
namespace {

int connect_to(std::uint16_t port) {
  int s = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(s, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return s;
  ::close(s);
  return -1;
}

std::uint16_t free_port() {
  int s = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(s, reinterpret_cast<sockaddr*>(&address), sizeof address);
  ::getsockname(s, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(s);
  return ntohs(address.sin_port);
}

// True once a whole answer to GET /health has come.
bool answers(std::uint16_t port) {
  int s = connect_to(port);
  if (s < 0) return false;
  constexpr std::string_view request = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  char buffer[512];
  bool good = ::send(s, request.data(), request.size(), MSG_NOSIGNAL) > 0 &&
              ::recv(s, buffer, sizeof buffer, 0) > 12 && std::string_view(buffer + 9, 3) == "200";
  ::close(s);
  return good;
}

}  // namespace

Program::Program(std::filesystem::path data_dir, std::string database_url, std::vector<std::string> settings)
    : data_dir_(std::move(data_dir)), port_(free_port()) {
  // Beside this program: build/release/bench/read and build/release/posy.
  auto program = std::filesystem::canonical("/proc/self/exe").parent_path().parent_path() / "posy";
  std::string port = std::to_string(port_);
  words_ = {program.string(),
            "serve",
            "--host",
            "localhost:" + port,
            "--listen",
            "127.0.0.1:" + port,
            "--data-dir",
            data_dir_.string(),
            "--database.url",
            std::move(database_url),
            "--log.level",
            "warn",
            "--public-url",
            "http://localhost:" + port,
            "--limits.trusted-networks",
            "127.0.0.0/8"};
  words_.insert(words_.end(), settings.begin(), settings.end());
  start();
}

Program::~Program() {
  if (process_ < 0) return;
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
}

void Program::start() {
  std::vector<char*> arguments;
  for (auto& word : words_) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  auto begin = std::chrono::steady_clock::now();
  process_ = ::fork();
  if (process_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    int log = ::open((data_dir_ / "posy.log").c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
    ::dup2(log, 1);
    ::dup2(log, 2);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  while (!answers(port_)) {
    if (std::chrono::steady_clock::now() - begin > std::chrono::seconds{30} ||
        ::waitpid(process_, nullptr, WNOHANG) > 0)
      throw std::runtime_error("posy does not start; see posy.log in " + data_dir_.string());
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  start_ms_ = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

void Program::kill_now() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

double Program::resident_mib() const {
  return memory_mib(process_, "VmRSS");
}
double Program::peak_mib() const {
  return memory_mib(process_, "VmHWM");
}
double Program::processor_seconds() const {
  return bench::processor_seconds(process_);
}

}  // namespace posy::bench
