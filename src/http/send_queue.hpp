// Messages on their way to one slow or fast client, in order and bounded. One coroutine takes, any number on
// the same loop put. Private to http/.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>

#include "base/task.hpp"
#include "http/connection.hpp"

namespace posy::http {

class SendQueue {
 public:
  SendQueue(boost::asio::io_context& loop, std::size_t bytes_max);

  // False when finished, and when it would hold too much: then the queue has failed.
  bool push(std::string message);
  Task<bool> push_when_room(std::string message);  // waits while more than half is full
  // The next message; an empty one when `patience` ran out; nothing at the end.
  Task<std::optional<std::string>> pop(std::chrono::milliseconds patience);

  void finish();  // takes no more; what it holds is still given out
  void fail();    // and forgets what it holds
  bool is_open() const { return open_; }
  bool has_overflowed() const { return overflowed_; }

 private:
  std::deque<std::string> messages_;
  std::size_t bytes_ = 0;
  std::size_t bytes_max_;
  bool open_ = true;
  bool overflowed_ = false;
  boost::asio::steady_timer filled_, emptied_;  // cancelled to wake who waits
};

}  // namespace posy::http
