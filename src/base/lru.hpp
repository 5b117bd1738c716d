// A bounded cache by integer key, in shards with a lock each. What was used longest ago goes first.
//
// Values are made from what a reader saw, and dropped when something changed: the two may cross. So each
// reader says which changes it had certainly seen (`epoch`), and a value is refused when something in its
// shard was dropped for a later change. A stale value can then never stay. Epoch 0 keeps nothing.
#pragma once

#include <array>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace posy {

template <class T>
class Lru {
 public:
  using Pointer = std::shared_ptr<T const>;

  explicit Lru(std::size_t entries_max) : shard_max_(entries_max / shard_count + 1) {}

  Pointer find(std::int64_t key) {
    auto& shard = shard_of(key);
    std::scoped_lock lock(shard.mutex);
    auto found = shard.index.find(key);
    if (found == shard.index.end()) return nullptr;
    shard.order.splice(shard.order.begin(), shard.order, found->second);
    return found->second->second;
  }

  void put(std::int64_t key, Pointer value, std::uint64_t epoch) {
    auto& shard = shard_of(key);
    std::scoped_lock lock(shard.mutex);
    if (epoch == 0 || epoch < shard.dropped_at) return;
    if (auto found = shard.index.find(key); found != shard.index.end()) {
      found->second->second = std::move(value);
      return;
    }
    shard.order.emplace_front(key, std::move(value));
    shard.index.emplace(key, shard.order.begin());
    if (shard.order.size() > shard_max_) {
      shard.index.erase(shard.order.back().first);
      shard.order.pop_back();
    }
  }

  void drop(std::int64_t key, std::uint64_t epoch) {
    auto& shard = shard_of(key);
    std::scoped_lock lock(shard.mutex);
    shard.dropped_at = std::max(shard.dropped_at, epoch);
    auto found = shard.index.find(key);
    if (found == shard.index.end()) return;
    shard.order.erase(found->second);
    shard.index.erase(found);
  }

  void clear(std::uint64_t epoch) {
    for (auto& shard : shards_) {
      std::scoped_lock lock(shard.mutex);
      shard.dropped_at = std::max(shard.dropped_at, epoch);
      shard.index.clear();
      shard.order.clear();
    }
  }

 private:
  static constexpr std::size_t shard_count = 16;
  struct Shard {
    std::mutex mutex;
    std::list<std::pair<std::int64_t, Pointer>> order;
    std::unordered_map<std::int64_t, typename std::list<std::pair<std::int64_t, Pointer>>::iterator> index;
    std::uint64_t dropped_at = 0;
  };
  // Ids end in a sequence that is mostly 0, so the bits above it choose the shard.
  Shard& shard_of(std::int64_t key) {
    auto mixed = static_cast<std::uint64_t>(key) * 0x9e3779b97f4a7c15u;
    return shards_[mixed >> 60];
  }

  std::size_t shard_max_;
  std::array<Shard, shard_count> shards_;
};

}  // namespace posy
