// A bounded cache by integer key, in shards with a lock each. What was used longest ago goes first.
//
// Values are made from what a reader saw, and dropped when something changed: the two may cross. So each
// reader says which changes it had certainly seen (`epoch`), and a value is refused when something in its
// shard was dropped for a later change. A stale value can then never stay. Epoch 0 keeps nothing.
//
// What is bounded is the sum of the weights: entries where each weighs 1, or bytes. No entry may weigh more than a
// shard holds, so few shards suit large values.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace posy {

template <class T, std::size_t shard_count = 16>
class Lru {
 public:
  using Pointer = std::shared_ptr<T const>;

  explicit Lru(std::size_t weight_max) : shard_max_(weight_max / shard_count + 1) {}

  Pointer find(std::int64_t key) {
    auto& shard = shard_of(key);
    std::scoped_lock lock(shard.mutex);
    auto found = shard.index.find(key);
    if (found == shard.index.end()) return nullptr;
    shard.order.splice(shard.order.begin(), shard.order, found->second);
    return found->second->value;
  }

  void put(std::int64_t key, Pointer value, std::uint64_t epoch, std::size_t weight = 1) {
    auto& shard = shard_of(key);
    std::scoped_lock lock(shard.mutex);
    if (epoch == 0 || epoch < shard.dropped_at || weight > shard_max_) return;
    shard.remove(key);
    shard.order.push_front({key, std::move(value), weight});
    shard.index.emplace(key, shard.order.begin());
    shard.weight += weight;
    while (shard.weight > shard_max_) shard.remove(shard.order.back().key);
  }

  void drop(std::int64_t key, std::uint64_t epoch) {
    auto& shard = shard_of(key);
    std::scoped_lock lock(shard.mutex);
    shard.dropped_at = std::max(shard.dropped_at, epoch);
    shard.remove(key);
  }

  void clear(std::uint64_t epoch) {
    for (auto& shard : shards_) {
      std::scoped_lock lock(shard.mutex);
      shard.dropped_at = std::max(shard.dropped_at, epoch);
      shard.index.clear();
      shard.order.clear();
      shard.weight = 0;
    }
  }

 private:
  static_assert(std::has_single_bit(shard_count) && shard_count > 1);

  struct Entry {
    std::int64_t key;
    Pointer value;
    std::size_t weight;
  };
  struct Shard {
    std::mutex mutex;
    std::list<Entry> order;
    std::unordered_map<std::int64_t, typename std::list<Entry>::iterator> index;
    std::size_t weight = 0;
    std::uint64_t dropped_at = 0;

    void remove(std::int64_t key) {
      auto found = index.find(key);
      if (found == index.end()) return;
      weight -= found->second->weight;
      order.erase(found->second);
      index.erase(found);
    }
  };
  // Ids end in a sequence that is mostly 0, so the bits above it choose the shard.
  Shard& shard_of(std::int64_t key) {
    constexpr int bits = std::bit_width(shard_count) - 1;
    auto mixed = static_cast<std::uint64_t>(key) * 0x9e3779b97f4a7c15u;
    return shards_[mixed >> (64 - bits)];
  }

  std::size_t shard_max_;
  std::array<Shard, shard_count> shards_;
};

}  // namespace posy
