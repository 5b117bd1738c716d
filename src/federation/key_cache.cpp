#include "federation/key_cache.hpp"

#include <algorithm>

namespace posy::federation {

KeyCache::Pointer KeyCache::find(std::string const& id, Time now) {
  std::scoped_lock lock(mutex_);
  auto found = by_id_.find(id);
  if (found == by_id_.end()) return nullptr;
  auto entry = found->second;
  if (entry->until < now) {
    erase(entry);
    return nullptr;
  }
  order_.splice(order_.begin(), order_, entry);
  return entry->key;
}

void KeyCache::put(std::string const& id, Pointer key, std::uint64_t epoch, Time now) {
  std::scoped_lock lock(mutex_);
  if (epoch == 0 || epoch < dropped_at_) return;
  if (auto found = by_id_.find(id); found != by_id_.end()) erase(found->second);
  order_.push_front({id, std::move(key), now + kept});
  auto entry = order_.begin();
  by_id_.emplace(entry->id, entry);
  by_account_.emplace(entry->key->account.value, entry);
  if (order_.size() > entries_max) erase(std::prev(order_.end()));
}

void KeyCache::drop(AccountId account, std::string_view ids, std::uint64_t epoch) {
  std::scoped_lock lock(mutex_);
  dropped_at_ = std::max(dropped_at_, epoch);
  for (auto found = by_account_.find(account.value); found != by_account_.end();
       found = by_account_.find(account.value))
    erase(found->second);
  while (!ids.empty()) {
    auto end = ids.find('\n');
    if (auto found = by_id_.find(ids.substr(0, end)); found != by_id_.end()) erase(found->second);
    ids.remove_prefix(end == ids.npos ? ids.size() : end + 1);
  }
}

void KeyCache::erase(Order::iterator entry) {
  by_id_.erase(entry->id);
  auto [first, last] = by_account_.equal_range(entry->key->account.value);
  auto own = std::find_if(first, last, [&](auto const& one) { return one.second == entry; });
  if (own != last) by_account_.erase(own);
  order_.erase(entry);
}

}  // namespace posy::federation
