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
    if (auto known = until_.find(key); known != until_.end()) {
      if (known->second > now) return false;
      known->second = now + interval_;
      return true;
    }
    if (until_.size() >= entries_max && !clean(now)) return false;
    until_.emplace(key, now + interval_);
    return true;
  }

 private:
  static constexpr std::size_t entries_max = 20'000;
  static constexpr Milliseconds cleaning_interval{1000};

  // Whether there is room now. Not at each call, for it looks at all.
  bool clean(Time now) {
    if (now < cleaned_ + cleaning_interval) return false;
    cleaned_ = now;
    std::erase_if(until_, [&](auto const& one) { return one.second <= now; });
    return until_.size() < entries_max;
  }

  Milliseconds interval_;
  std::mutex mutex_;
  std::unordered_map<std::int64_t, Time> until_;
  Time cleaned_{};
};

}  // namespace posy::federation
