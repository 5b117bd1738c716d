#include "volley.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <deque>

#include "ledger.hpp"
#include "load.hpp"

namespace posy::bench {
namespace {

constexpr std::int64_t again_ns = 1'000'000'000;  // after a 503

struct Connection {
  int socket = -1;
  std::size_t request = 0;
  bool is_busy = false;
  std::string received;
};

// The status, once the answer is whole.
int whole_status(std::string const& text) {
  auto head = text.find("\r\n\r\n");
  if (head == text.npos) return 0;
  if (text.size() < head + 4 + content_length(std::string_view(text).substr(0, head + 2))) return 0;
  int status = 0;
  std::from_chars(text.data() + 9, text.data() + 12, status);
  return status;
}

}  // namespace

void Volley::run(std::uint16_t port, int connections, double patience_s) {
  int poll = ::epoll_create1(EPOLL_CLOEXEC);
  std::vector<Connection> all(static_cast<std::size_t>(connections));
  std::deque<std::size_t> waiting(requests_.size());
  for (std::size_t i = 0; i < waiting.size(); ++i) waiting[i] = i;
  std::deque<std::pair<std::int64_t, std::size_t>> later;
  std::size_t open = 0, unanswered = requests_.size();

  auto end = [&](Connection& c) {
    ::close(c.socket);
    c.socket = -1;
    --open;
  };
  auto send_next = [&](Connection& c) {
    if (c.is_busy || c.socket < 0 || waiting.empty()) return;
    c.request = waiting.front();
    waiting.pop_front();
    c.is_busy = true;
    auto const& text = requests_[c.request];
    if (::send(c.socket, text.data(), text.size(), MSG_NOSIGNAL) != std::ssize(text)) end(c);
  };
  auto take_answer = [&](Connection& c, int status) {
    c.is_busy = false;
    if (status == 503) {
      ++put_off_;
      later.emplace_back(now_ns() + again_ns, c.request);
    } else {
      --unanswered;
      if (status / 100 == 2)
        acknowledged_[c.request] = now_ns(), ++count_;
      else if (++refusals_[status]; refusal_.empty())
        refusal_ = c.received;
    }
    c.received.clear();
  };

  for (auto& c : all) {
    try {
      c.socket = open_socket(port);
    } catch (std::exception const&) {
      break;  // nobody listens any more
    }
    ++open;
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = &c;
    ::epoll_ctl(poll, EPOLL_CTL_ADD, c.socket, &event);
  }
  auto begin = now_ns(), last = begin;
  for (auto& c : all) send_next(c);
  std::array<epoll_event, 256> events;
  std::vector<char> buffer(1 << 16);
  while (open > 0 && unanswered > 0 && static_cast<double>(now_ns() - begin) / 1e9 < patience_s) {
    int n = ::epoll_wait(poll, events.data(), events.size(), 20);
    for (int i = 0; i < n; ++i) {
      auto& c = *static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr);
      if (c.socket < 0) continue;
      auto got = ::recv(c.socket, buffer.data(), buffer.size(), 0);
      if (got <= 0) {
        end(c);
        continue;
      }
      c.received.append(buffer.data(), static_cast<std::size_t>(got));
      auto status = whole_status(c.received);
      if (status == 0) continue;
      take_answer(c, status);
      last = now_ns();
      send_next(c);
    }
    bool woken = false;
    for (auto now = now_ns(); !later.empty() && later.front().first <= now; later.pop_front(), woken = true)
      waiting.push_back(later.front().second);
    if (woken)
      for (auto& c : all) send_next(c);
  }
  for (auto& c : all)
    if (c.socket >= 0) ::close(c.socket);
  ::close(poll);
  seconds_ = static_cast<double>(last - begin) / 1e9;
  is_running_ = false;
}

}  // namespace posy::bench
