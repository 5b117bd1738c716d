// How many may be at work at once: in all, and for one host, so that a slow one holds up nobody else. Whoever finds
// no room waits for a turn, not for ever; hosts that wait have their turns one after the other. Belongs to one loop.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>

#include "base/task.hpp"

namespace posy::federation {

class Turns {
 public:
  struct Bounds {
    std::size_t at_once;
    std::size_t for_one_host;
    std::size_t waiting;
    std::chrono::milliseconds longest_wait;
    std::size_t waiting_for_one_host = waiting;
  };

  Turns(boost::asio::any_io_executor executor, Bounds bounds) : executor_(std::move(executor)), bounds_(bounds) {}

  // False when too many wait, or when it took too long. After true: leave().
  Task<bool> enter(std::string host);
  void leave(std::string const& host);

 private:
  struct Waiting {
    boost::asio::steady_timer timer;
    bool has_entered = false;
  };
  struct Host {
    std::size_t busy = 0;
    std::list<std::shared_ptr<Waiting>> waiting;
    bool is_ready = false;  // its name is in ready_
  };

  void make_ready(std::string const& name, Host& host);
  void let_in();
  void forget(std::string const& name);

  boost::asio::any_io_executor executor_;
  Bounds bounds_;
  std::size_t busy_ = 0;
  std::size_t waiting_ = 0;
  std::unordered_map<std::string, Host> hosts_;  // where somebody is at work or waits
  std::list<std::string> ready_;                 // hosts that have room and somebody who waits
};

}  // namespace posy::federation
