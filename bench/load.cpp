#include "load.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <stdexcept>

namespace posy::bench {
namespace {

using Steady = std::chrono::steady_clock;

struct Connection {
  int socket = -1;
  std::string received;
  std::size_t head_bytes = 0;  // 0 until the head is whole
  std::size_t body_bytes = 0;
  bool good = false;
  Steady::time_point sent_at;
};

void send_all(int socket, std::string const& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    auto n = ::send(socket, text.data() + done, text.size() - done, MSG_NOSIGNAL);
    if (n <= 0) throw std::runtime_error("the server closed a connection");
    done += static_cast<std::size_t>(n);
  }
}

void read_head(Connection& c) {
  auto end = c.received.find("\r\n\r\n");
  if (end == std::string::npos) return;
  c.head_bytes = end + 4;
  c.good = c.received.size() > 9 && c.received[9] == '2';
  c.body_bytes = content_length(std::string_view(c.received).substr(0, end + 2));
}

}  // namespace

int open_socket(std::uint16_t port) {
  int s = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int one = 1;
  ::setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (::connect(s, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    ::close(s);
    throw std::runtime_error("cannot connect to the server");
  }
  return s;
}

std::size_t content_length(std::string_view head) {
  constexpr std::string_view name = "content-length:";
  for (auto at = head.find("\r\n"); at != head.npos; at = head.find("\r\n", at + 2)) {
    if (at + 2 + name.size() >= head.size()) break;
    if (::strncasecmp(head.data() + at + 2, name.data(), name.size()) != 0) continue;
    auto value = at + 2 + name.size();
    while (value < head.size() && head[value] == ' ') ++value;
    std::size_t out = 0;
    std::from_chars(head.data() + value, head.data() + head.size(), out);
    return out;
  }
  return 0;
}

namespace {

void open(Connection& c, int poll, std::uint16_t port) {
  c.socket = open_socket(port);
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = &c;
  ::epoll_ctl(poll, EPOLL_CTL_ADD, c.socket, &event);
}

}  // namespace

Figures run(Load const& load) {
  int poll = ::epoll_create1(0);
  std::vector<Connection> connections(static_cast<std::size_t>(load.connections));
  for (auto& c : connections) {
    open(c, poll, load.port);
    c.sent_at = Steady::now();
    send_all(c.socket, load.request());
  }
  auto begin = Steady::now() + load.warm_up, end = begin + load.duration;
  std::vector<double> times;
  Figures out;
  double bytes = 0;
  std::vector<char> buffer(1 << 18);
  std::array<epoll_event, 128> events;
  while (Steady::now() < end) {
    int n = ::epoll_wait(poll, events.data(), events.size(), 100);
    for (int i = 0; i < n; ++i) {
      auto& c = *static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr);
      auto got = ::recv(c.socket, buffer.data(), buffer.size(), 0);
      if (got <= 0) throw std::runtime_error("the server closed a connection");
      c.received.append(buffer.data(), static_cast<std::size_t>(got));
      if (c.head_bytes == 0) read_head(c);
      if (c.head_bytes == 0 || c.received.size() < c.head_bytes + c.body_bytes) continue;
      auto now = Steady::now();
      if (now >= begin) {
        times.push_back(std::chrono::duration<double, std::milli>(now - c.sent_at).count());
        bytes += static_cast<double>(c.body_bytes);
        ++out.answers;
        if (!c.good) ++out.failures;
      }
      c.received.clear();
      c.head_bytes = 0;
      c.sent_at = now;
      if (load.is_fresh) {
        ::close(c.socket);
        open(c, poll, load.port);
      }
      send_all(c.socket, load.request());
    }
  }
  for (auto& c : connections) ::close(c.socket);
  ::close(poll);
  if (times.empty()) return out;
  std::sort(times.begin(), times.end());
  out.per_second = static_cast<double>(out.answers) / std::chrono::duration<double>(load.duration).count();
  out.p50_ms = times[times.size() / 2];
  out.p99_ms = times[times.size() * 99 / 100];
  out.kilobytes = bytes / static_cast<double>(out.answers) / 1000;
  return out;
}

std::string get(std::string const& path, std::string const& token) {
  std::string out = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n";
  if (!token.empty()) out += "Authorization: Bearer " + token + "\r\n";
  return out + "\r\n";
}

std::string post(std::string const& path, std::string const& token, std::string const& form) {
  return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token +
         "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + std::to_string(form.size()) +
         "\r\n\r\n" + form;
}

}  // namespace posy::bench
