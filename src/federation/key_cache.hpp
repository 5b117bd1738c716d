// The keys of other servers' people that signed something lately, parsed, so that a signature costs its verification
// and nothing else. Read by every thread that serves; what was used longest ago goes first.
//
// An entry is dropped when the account's keys change here (social::Live::keys_changed), and is read anew after
// `kept`, for another process may have changed it. As in base/lru.hpp nothing stays that was read before a change.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/id.hpp"
#include "base/time.hpp"
#include "crypto/keys.hpp"

namespace posy::federation {

struct KnownKey {
  AccountId account;
  std::string actor;
  crypto::PublicKey key;
};

class KeyCache {
 public:
  using Pointer = std::shared_ptr<KnownKey const>;
  static constexpr std::size_t entries_max = 16'384;  // of some 3 KB each
  static constexpr Milliseconds kept = std::chrono::minutes(10);

  Pointer find(std::string const& id, Time now);
  // `epoch`: of the reader that read it (db/access.hpp).
  void put(std::string const& id, Pointer key, std::uint64_t epoch, Time now);
  // All of the account, and those of these ids, one a line.
  void drop(AccountId account, std::string_view ids, std::uint64_t epoch);

 private:
  struct Entry {
    std::string id;
    Pointer key;
    Time until;
  };
  using Order = std::list<Entry>;

  void erase(Order::iterator entry);

  std::mutex mutex_;
  Order order_;
  std::unordered_map<std::string_view, Order::iterator> by_id_;  // of the entry's own text
  std::unordered_multimap<std::int64_t, Order::iterator> by_account_;
  std::uint64_t dropped_at_ = 0;
};

}  // namespace posy::federation
