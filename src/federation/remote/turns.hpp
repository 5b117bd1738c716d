// How many may be at work at once: in all, and for one host, so that a slow one holds up nobody else. Whoever finds
// no room waits for a turn, not for ever. Belongs to one loop.
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
  };

  Turns(boost::asio::any_io_executor executor, Bounds bounds) : executor_(std::move(executor)), bounds_(bounds) {}

  // False when too many wait, or when it took too long. After true: leave().
  Task<bool> enter(std::string host);
  void leave(std::string const& host);

 private:
  struct Waiting {
    std::string host;
    boost::asio::steady_timer timer;
    bool has_entered = false;
  };

  bool has_room(std::string const& host) const;
  void count(std::string const& host);

  boost::asio::any_io_executor executor_;
  Bounds bounds_;
  std::size_t busy_ = 0;
  std::unordered_map<std::string, std::size_t> busy_hosts_;
  std::list<std::shared_ptr<Waiting>> waiting_;
};

}  // namespace posy::federation
