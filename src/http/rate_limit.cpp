#include "http/rate_limit.hpp"

#include <algorithm>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

namespace posy::http {
namespace {
constexpr std::size_t shard_count = 16;
}

struct RateLimiter::Shard {
  struct Entry {
    std::string key;
    Time reset;
    int used;
  };
  std::mutex mutex;
  std::list<Entry> entries;                                                 // the one used last stands first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key;  // views of entries' keys
};

RateLimiter::RateLimiter(std::size_t keys_max)
    : shards_(std::make_unique<Shard[]>(shard_count)),
      keys_max_(std::max<std::size_t>(1, keys_max / shard_count)) {}

RateLimiter::~RateLimiter() = default;

RateLimiter::Verdict RateLimiter::take(std::string_view key, int limit, std::chrono::seconds window,
                                       Time now) {
  Shard& shard = shards_[std::hash<std::string_view>{}(key) % shard_count];
  std::lock_guard lock(shard.mutex);
  auto found = shard.by_key.find(key);
  if (found != shard.by_key.end()) {
    shard.entries.splice(shard.entries.begin(), shard.entries, found->second);
  } else {
    if (shard.entries.size() >= keys_max_) {
      shard.by_key.erase(shard.entries.back().key);
      shard.entries.pop_back();
    }
    shard.entries.push_front({std::string(key), Time{}, 0});
    shard.by_key.emplace(shard.entries.front().key, shard.entries.begin());
  }

  Shard::Entry& entry = shard.entries.front();
  bool const is_over = now >= entry.reset || entry.reset - now > window;  // also when the clock was set back
  if (is_over) {
    auto length = std::chrono::duration_cast<Milliseconds>(window).count();
    entry.reset = from_milliseconds((to_milliseconds(now) / length + 1) * length);
    entry.used = 0;
  }
  bool allowed = entry.used < limit;
  if (allowed) ++entry.used;
  return {allowed, limit, std::max(0, limit - entry.used), entry.reset};
}

std::size_t RateLimiter::size() const {
  std::size_t total = 0;
  for (std::size_t i = 0; i < shard_count; ++i) {
    std::lock_guard lock(shards_[i].mutex);
    total += shards_[i].entries.size();
  }
  return total;
}

}  // namespace posy::http
