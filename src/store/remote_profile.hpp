// What is asked of an account elsewhere from time to time, and which of its followers live where.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/account.hpp"

namespace posy::store {

std::optional<Time> profile_looked_at(db::Reader& r, AccountId account);
void set_profile_looked_at(db::Writer& w, AccountId account, Time when);

// As its own server counts. What it does not say stays as it is; never fewer followers than are known here. Nothing
// happens for people of this server.
struct RemoteCounts {
  std::optional<std::int64_t> posts;
  std::optional<std::int64_t> followers;
  std::optional<std::int64_t> following;
};
void set_remote_counts(db::Writer& w, AccountId account, RemoteCounts const& counts);

// That its server says that the account is gone, since when it says so (remote_account.failed_at, which ends with the
// next document) and how often it was heard since. Nothing for whom there is none to ask about.
struct GoneAnswers {
  Time since;
  int answers = 0;
};
std::optional<GoneAnswers> count_gone_answer(db::Writer& w, AccountId account);

// Its server says that it is no more.
void suspend(db::Writer& w, AccountId account, Time when);

// The ids of those followers whose ids begin with `origin` ("https://a.example"), in no order.
std::vector<std::string> follower_uris_at(db::Reader& r, AccountId account, std::string_view origin, int limit);
// The followers who are of this server, in no order.
std::vector<Account> local_followers(db::Reader& r, AccountId account, int limit);
std::vector<PostId> pins_of(db::Reader& r, AccountId account, int limit);

}  // namespace posy::store
