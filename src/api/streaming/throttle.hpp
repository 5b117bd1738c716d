// What happens often is told at once and then no more than once an interval; the last of it is always told.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <vector>

namespace posy::api::streaming {

template <class Key>
class Throttle {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  Throttle(std::chrono::milliseconds interval, std::size_t keys_max) : interval_(interval), keys_max_(keys_max) {}

  // True when it may be told now; else due() names it in time. Beyond so many keys at once nothing is told of others.
  bool may_tell(Key const& key, Moment now) {
    auto found = told_.find(key);
    if (found == told_.end()) {
      if (told_.size() >= keys_max_) return false;
      told_.emplace(key, Told{now, false});
      return true;
    }
    if (now - found->second.at >= interval_) {
      found->second = {now, false};
      return true;
    }
    found->second.again = true;
    return false;
  }

  // Those that are to be told again now.
  std::vector<Key> due(Moment now) {
    std::vector<Key> out;
    for (auto at = told_.begin(); at != told_.end();) {
      bool is_over = now - at->second.at >= interval_;
      if (is_over && at->second.again) {
        out.push_back(at->first);
        at->second = {now, false};
      }
      at = is_over && at->second.at != now ? told_.erase(at) : std::next(at);
    }
    return out;
  }

  // When due() has something; nothing when it has nothing to come.
  std::optional<Moment> next() const {
    std::optional<Moment> out;
    for (auto const& [key, told] : told_)
      if (told.again && (!out || told.at + interval_ < *out)) out = told.at + interval_;
    return out;
  }

  std::size_t size() const { return told_.size(); }
  void clear() { told_.clear(); }

 private:
  struct Told {
    Moment at;
    bool again = false;
  };
  std::chrono::milliseconds interval_;
  std::size_t keys_max_;
  std::map<Key, Told> told_;
};

}  // namespace posy::api::streaming
