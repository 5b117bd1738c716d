// Somebody sets the clock of the machine, or it sleeps: what is written down with a time to wait for must not wait for
// a day because the clock was set back by one.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>

#include "base/time.hpp"

namespace posy::server {

class ClockWatch {
 public:
  // `set_back`: by so much; on the loop. When it throws it is called again.
  ClockWatch(boost::asio::io_context& loop, Clock const& clock, std::function<void(Milliseconds)> set_back);

  // `last_known`: when something happened here for certain, perhaps under another process.
  void start(Time last_known);

 private:
  void look();
  void look_again();

  Clock const& clock_;
  SteadyClock const steady_;
  std::function<void(Milliseconds)> set_back_;
  boost::asio::steady_timer timer_;
  Milliseconds ahead_{};  // of the steady one
  Milliseconds owed_{};   // set back, and not yet told
};

}  // namespace posy::server
