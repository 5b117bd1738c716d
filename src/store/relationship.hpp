// All that stands between one person and some others, loaded together.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/relation.hpp"

namespace posy::store {

// `account` is the one who asks, and knows nothing of what others noted.
struct Relationship {
  AccountId target;
  std::optional<Follow> follow;   // account follows target
  std::optional<Follow> request;  // account asked to
  bool followed_by = false;
  bool requested_by = false;
  bool blocking = false;
  bool blocked_by = false;
  std::optional<Mute> mute;
  bool domain_blocking = false;
  bool endorsed = false;
  std::string note;
};

// In the order of `targets`; those that are no accounts, or suspended unless asked for, are left out. A fixed
// number of queries, however many there are.
std::vector<Relationship> relationships(db::Reader& r, AccountId account,
                                        std::vector<AccountId> const& targets, bool with_suspended = true);

}  // namespace posy::store
