#include "http/send_queue.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace posy::http {
namespace {
constexpr auto quietly = boost::asio::as_tuple(boost::asio::use_awaitable);
}

SendQueue::SendQueue(boost::asio::io_context& loop, std::size_t bytes_max)
    : bytes_max_(bytes_max), filled_(loop), emptied_(loop) {}

bool SendQueue::push(std::string message) {
  if (!open_) return false;
  if (bytes_ + message.size() > bytes_max_) {
    overflowed_ = true;
    fail();
    return false;
  }
  bytes_ += message.size();
  messages_.push_back(std::move(message));
  filled_.cancel();
  return true;
}

Task<bool> SendQueue::push_when_room(std::string message) {
  while (open_ && bytes_ > bytes_max_ / 2) {
    emptied_.expires_at(SteadyTime::max());
    co_await emptied_.async_wait(quietly);
  }
  co_return push(std::move(message));
}

Task<std::optional<std::string>> SendQueue::pop(std::chrono::milliseconds patience) {
  if (messages_.empty() && open_) {
    filled_.expires_after(patience);
    co_await filled_.async_wait(quietly);
  }
  if (messages_.empty()) {
    if (open_) co_return std::string{};
    co_return std::nullopt;
  }
  std::string message = std::move(messages_.front());
  messages_.pop_front();
  bytes_ -= message.size();
  emptied_.cancel();
  co_return message;
}

void SendQueue::finish() {
  open_ = false;
  filled_.cancel();
  emptied_.cancel();
}

void SendQueue::fail() {
  messages_.clear();
  bytes_ = 0;
  finish();
}

}  // namespace posy::http
