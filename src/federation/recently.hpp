// What was done a short time ago and is not done again before its time. From any thread.
#pragma once

#include <cstdint>
#include <mutex>
#include <unordered_map>

#include "base/time.hpp"

namespace posy::federation {

class Recently {
 public:
  explicit Recently(Milliseconds interval) : interval_(interval) {}

  // Whether it may be done now; then it may not for a while. Also not when more is remembered than there is room for.
  bool claim(std::int64_t key, Time now) {
    std::lock_guard lock(mutex_);
    auto [entry, is_new] = until_.try_emplace(key, now + interval_);
    if (!is_new && entry->second > now) return false;
    entry->second = now + interval_;
    if (until_.size() <= entries_max) return true;
    std::erase_if(until_, [&](auto const& one) { return one.second <= now; });
    if (until_.size() <= entries_max) return true;
    until_.erase(key);
    return false;
  }
  // It was not done after all.
  void forget(std::int64_t key) {
    std::lock_guard lock(mutex_);
    until_.erase(key);
  }

 private:
  static constexpr std::size_t entries_max = 20'000;
  Milliseconds interval_;
  std::mutex mutex_;
  std::unordered_map<std::int64_t, Time> until_;
};

}  // namespace posy::federation
