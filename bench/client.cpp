#include "client.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace posy::bench {
namespace {

int connect_to(std::uint16_t port) {
  int s = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int one = 1;
  ::setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  timeval patience{.tv_sec = 60, .tv_usec = 0};
  ::setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (::connect(s, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return s;
  ::close(s);
  return -1;
}

std::size_t body_bytes(std::string_view head) {
  constexpr std::string_view name = "content-length:";
  for (auto at = head.find("\r\n"); at != head.npos; at = head.find("\r\n", at + 2)) {
    if (::strncasecmp(head.data() + at + 2, name.data(), name.size()) != 0) continue;
    auto value = at + 2 + name.size();
    while (head[value] == ' ') ++value;
    std::size_t out = 0;
    std::from_chars(head.data() + value, head.data() + head.size(), out);
    return out;
  }
  return 0;
}

}  // namespace

Client::~Client() {
  if (socket_ >= 0) ::close(socket_);
}

Answer Client::ask(std::string const& request) {
  if (socket_ < 0) socket_ = connect_to(port_);
  std::string text;
  std::size_t head = 0, whole = 0;
  bool good = socket_ >= 0 && ::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) == std::ssize(request);
  while (good && (head == 0 || text.size() < whole)) {
    char buffer[1 << 14];
    auto got = ::recv(socket_, buffer, sizeof buffer, 0);
    if (got <= 0) good = false;
    else text.append(buffer, static_cast<std::size_t>(got));
    if (auto end = text.find("\r\n\r\n"); head == 0 && end != text.npos) {
      head = end + 4;
      whole = head + body_bytes(std::string_view(text).substr(0, head));
    }
  }
  if (!good) {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
    return {};
  }
  Answer out{.status = 0, .body = text.substr(head)};
  std::from_chars(text.data() + 9, text.data() + 12, out.status);
  return out;
}

Pulse::Pulse(std::uint16_t port, std::string request, int every_ms)
    : thread_([this, port, request, every_ms] {
        Client client(port);
        while (!stopping_) {
          auto begin = std::chrono::steady_clock::now();
          if (client.ask(request).status != 200) ++failures_;
          times_.push_back(
              std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
          std::this_thread::sleep_until(begin + std::chrono::milliseconds{every_ms});
        }
      }) {}

Pulse::~Pulse() { stop(); }

Pulse::Times Pulse::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
  if (times_.empty()) return {};
  std::ranges::sort(times_);
  return {.p50_ms = times_[times_.size() / 2],
          .p99_ms = times_[times_.size() * 99 / 100],
          .most_ms = times_.back(),
          .count = times_.size(),
          .failures = failures_};
}

}  // namespace posy::bench
