// How often somebody may do something: fixed windows by key, in bounded memory. From any thread.
// When the memory is full, the key that was used longest ago is forgotten.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>

#include "base/time.hpp"

namespace posy::http {

class RateLimiter {
 public:
  struct Verdict {
    bool allowed = true;
    int limit = 0;
    int remaining = 0;
    Time reset{};  // when the window ends
  };

  explicit RateLimiter(std::size_t keys_max = 100'000);
  ~RateLimiter();

  // Counts one use of `key`. Windows begin at multiples of their length, so that all clocks agree.
  // A key must always come with the same window.
  Verdict take(std::string_view key, int limit, std::chrono::seconds window, Time now);
  std::size_t size() const;

 private:
  struct Shard;
  std::unique_ptr<Shard[]> shards_;
  std::size_t keys_max_;  // of a shard
};

}  // namespace posy::http
