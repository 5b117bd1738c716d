#include "api/gate/token_cache.hpp"

namespace posy::api {

std::optional<Who> TokenCache::find(std::string const& hash, Time now) {
  auto& shard = shard_of(hash);
  std::scoped_lock lock(shard.mutex);
  auto found = shard.by_hash.find(hash);
  if (found == shard.by_hash.end()) return {};
  auto entry = found->second;
  if (entry->until <= now) {
    shard.by_hash.erase(found);
    shard.entries.erase(entry);
    return {};
  }
  shard.entries.splice(shard.entries.begin(), shard.entries, entry);
  return entry->who;
}

void TokenCache::put(std::string const& hash, Who who, Time until, std::uint64_t generation) {
  auto& shard = shard_of(hash);
  std::scoped_lock lock(shard.mutex);
  // forget() counts first and then takes this lock: whichever of us comes second sees the other.
  if (generation_.load(std::memory_order_acquire) != generation || shard.by_hash.contains(hash)) return;
  if (shard.entries.size() >= shard_max_) {
    shard.by_hash.erase(shard.entries.back().hash);
    shard.entries.pop_back();
  }
  shard.entries.push_front({hash, who, until});
  shard.by_hash.emplace(shard.entries.front().hash, shard.entries.begin());
}

void TokenCache::forget(TokenId token) {
  generation_.fetch_add(1, std::memory_order_acq_rel);
  for (auto& shard : shards_) {
    std::scoped_lock lock(shard.mutex);
    for (auto entry = shard.entries.begin(); entry != shard.entries.end();) {
      if (token && entry->who.token != token) {
        ++entry;
        continue;
      }
      shard.by_hash.erase(entry->hash);
      entry = shard.entries.erase(entry);
    }
  }
}

std::size_t TokenCache::size() const {
  std::size_t total = 0;
  for (auto const& shard : shards_) {
    std::scoped_lock lock(shard.mutex);
    total += shard.entries.size();
  }
  return total;
}

}  // namespace posy::api
