#include "social/synchronise.hpp"

#include <algorithm>

#include "social/follow.hpp"
#include "social/send.hpp"

namespace posy::social {

void reconcile_followers(db::Writer& w, AccountId whom, std::vector<AccountId> const& listed,
                         std::vector<AccountId> const& had) {
  // Who began to follow while the list was on its way is not in it, and stays.
  for (auto follower : had)
    if (std::ranges::find(listed, follower) == listed.end()) remove_follower(w, whom, follower);
  for (auto follower : listed) {
    if (store::is_following(w, follower, whom)) continue;
    if (store::find_follow_request(w, follower, whom)) accept_follow(w, whom, follower);
    else send_to(w, follower, whom, Act::unfollow, whom.value);
  }
}

}  // namespace posy::social
