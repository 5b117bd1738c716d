#include "social/synchronise.hpp"

#include <algorithm>
#include <unordered_set>

#include "social/follow.hpp"
#include "social/send.hpp"

namespace posy::social {
namespace {

// Follows that her server has and this one does not are ended there so many at a time: anybody can list anybody.
constexpr int ended_there_max = 50;

}  // namespace

void reconcile_followers(db::Writer& w, AccountId whom, std::vector<AccountId> const& listed,
                         std::vector<AccountId> const& had) {
  std::unordered_set<AccountId> const in_list(listed.begin(), listed.end());
  // Who began to follow while the list was on its way is not in it, and stays.
  for (auto follower : had)
    if (!in_list.contains(follower)) remove_follower(w, whom, follower);
  int ended_there = 0;
  for (auto follower : listed) {
    if (store::is_following(w, follower, whom)) continue;
    if (store::find_follow_request(w, follower, whom)) accept_follow(w, whom, follower);
    else if (++ended_there <= ended_there_max) send_to(w, follower, whom, Act::unfollow, whom.value);
  }
}

}  // namespace posy::social
