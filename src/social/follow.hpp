// Follows: asking for, granting and ending them.
//
// Whoever is locked, lives on another server, or is followed by somebody who was silenced here decides first:
// until then there is a follow request. Counts, home timelines, list memberships and notifications follow
// from each change.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/account.hpp"
#include "store/relation.hpp"

namespace posy::social {

// What is not given stays as it is, or as Mastodon starts: boosts shown, no notifications, all languages.
struct FollowOptions {
  std::optional<bool> boosts;
  std::optional<bool> notify;
  std::optional<std::vector<std::string>> languages;  // empty: all
};

// Following again changes the options. not_found for oneself and for who is not there or suspended,
// forbidden across a block.
void follow(db::Writer& w, AccountId who, AccountId target, FollowOptions const& options = {});
// Also takes back a request. Nothing happens when there is neither.
void unfollow(db::Writer& w, AccountId who, AccountId target);

// Ends what is between them from this side and asks nobody: the other server is not to hear of it.
void sever(db::Writer& w, AccountId who, AccountId target);
// The same for all whom she follows and who follow her, and who asked to; how many it was, `most` at most.
int sever_some(db::Writer& w, AccountId who, int most);

// The target answers the request of `from`; not_found when there is none.
void accept_follow(db::Writer& w, AccountId target, AccountId from);
void reject_follow(db::Writer& w, AccountId target, AccountId from);
// The target no longer wants `follower` among hers.
void remove_follower(db::Writer& w, AccountId target, AccountId follower);

// Accepts some of those who wait for somebody who is no longer locked: true while there may be more. Call
// until it is done, a unit of work each: a whole town may wait.
bool accept_some_waiting(db::Writer& w, AccountId target);

// The account, or not_found when it is not there or was suspended.
store::Account load_account(db::Reader& r, AccountId id);

}  // namespace posy::social
