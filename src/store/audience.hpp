// Where the followers of a person of this server are reached: an inbox for each of their servers, or for each of them
// where a server shares none. Kept with each follow (store/relation.cpp, store/remote.cpp), so that a post costs by
// servers, never by followers.
#pragma once

#include <string>
#include <string_view>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

// Of "https://a.example:8443/inbox": "a.example:8443", in lower case. Empty when it is no such address.
std::string host_of_inbox(std::string_view inbox);

// `follower` of another server began or ceased to follow `account`. Nothing where her inbox is not known.
void join_audience(db::Writer& w, AccountId account, AccountId follower);
void leave_audience(db::Writer& w, AccountId account, AccountId follower);
// Her follows and her address change one after the other: whoever comes second sees what the first one wrote.
void lock_audiences(db::Writer& w, AccountId follower);
// Before and after the row of `follower` in remote_account changes, under that lock: for all whom she follows.
void leave_audiences(db::Writer& w, AccountId follower);
void join_audiences(db::Writer& w, AccountId follower);

// Of one host so many are sent to, those who came first; the others when one of them leaves.
constexpr int host_inboxes_max = 500;
// Whoever left is remembered: her server may have posts of which it is to hear when they are deleted. Of one host the
// last so many.
constexpr int former_inboxes_max = 500;

bool is_in_audience(db::Reader& r, AccountId account, std::string_view inbox);
bool has_audience(db::Reader& r, AccountId account);
// How many inboxes a post to all followers goes to.
std::int64_t audience_size(db::Reader& r, AccountId account);

}  // namespace posy::store
