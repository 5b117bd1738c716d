// Tokens that were good when last looked at, by their hash. Bounded, in shards with a lock each.
//
// What was read from the store may be revoked before it gets here. So whoever reads takes the `generation`
// first, and a value is refused when something was forgotten since.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "api/api.hpp"

namespace posy::api {

class TokenCache {
 public:
  explicit TokenCache(std::size_t entries_max) : shard_max_(entries_max / shard_count + 1) {}

  std::optional<Who> find(std::string const& hash, Time now);
  std::uint64_t generation() const { return generation_.load(std::memory_order_acquire); }
  // Kept until `until` at the latest: another process may have revoked it.
  void put(std::string const& hash, Who who, Time until, std::uint64_t generation);
  void forget(TokenId token);  // 0: all
  std::size_t size() const;

 private:
  struct Entry {
    std::string hash;
    Who who;
    Time until;
  };
  struct Shard {
    mutable std::mutex mutex;
    std::list<Entry> entries;  // the one used last stands first
    std::unordered_map<std::string_view, std::list<Entry>::iterator> by_hash;  // views of entries' hashes
  };
  static constexpr std::size_t shard_count = 16;

  Shard& shard_of(std::string_view hash) {
    return shards_[std::hash<std::string_view>{}(hash) % shard_count];
  }

  std::size_t const shard_max_;
  std::array<Shard, shard_count> shards_;
  std::atomic<std::uint64_t> generation_{0};
};

}  // namespace posy::api
