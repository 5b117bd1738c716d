// Work that must be done in order for one server and side by side for many: a lane for each key, one after the
// other within it. Belongs to one loop.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <deque>
#include <functional>
#include <string>
#include <unordered_map>

#include "base/task.hpp"

namespace posy::federation {

template <class Item>
class Lanes {
 public:
  // `work` must not throw; `done` is called after each.
  Lanes(boost::asio::any_io_executor executor, std::function<Task<>(Item)> work, std::function<void()> done)
      : executor_(std::move(executor)), work_(std::move(work)), done_(std::move(done)) {}

  void add(std::string const& key, Item item) {
    ++size_;
    auto [lane, is_new] = lanes_.try_emplace(key);
    lane->second.push_back(std::move(item));
    if (is_new) boost::asio::co_spawn(executor_, run(key), boost::asio::detached);
  }
  std::size_t size() const { return size_; }

 private:
  Task<> run(std::string key) {
    auto& lane = lanes_.at(key);  // stays where it is while others come and go
    while (!lane.empty()) {
      Item item = std::move(lane.front());
      lane.pop_front();
      Task<> working = work_(std::move(item));
      co_await std::move(working);
      --size_;
      done_();
    }
    lanes_.erase(key);
  }

  boost::asio::any_io_executor executor_;
  std::function<Task<>(Item)> work_;
  std::function<void()> done_;
  std::unordered_map<std::string, std::deque<Item>> lanes_;
  std::size_t size_ = 0;
};

}  // namespace posy::federation
