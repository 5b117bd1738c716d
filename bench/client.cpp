#include "client.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>

#include "load.hpp"

namespace posy::bench {
namespace {

constexpr timeval patience{.tv_sec = 60, .tv_usec = 0};

}  // namespace

Client::~Client() {
  if (socket_ >= 0) ::close(socket_);
}

Answer Client::ask(std::string const& request) {
  if (socket_ < 0) {
    try {
      socket_ = open_socket(port_);
    } catch (std::exception const&) {
      return {};
    }
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  std::string text;
  std::size_t head = 0, whole = 0;
  bool good = ::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) == std::ssize(request);
  while (good && (head == 0 || text.size() < whole)) {
    char buffer[1 << 14];
    auto got = ::recv(socket_, buffer, sizeof buffer, 0);
    if (got <= 0)
      good = false;
    else
      text.append(buffer, static_cast<std::size_t>(got));
    if (auto end = text.find("\r\n\r\n"); head == 0 && end != text.npos) {
      head = end + 4;
      whole = head + content_length(std::string_view(text).substr(0, head));
    }
  }
  if (!good) {
    ::close(socket_);
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

Pulse::~Pulse() {
  stop();
}

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
