// Web Push: where the apps of a person are to be told, and the key with which this server says so.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.hpp"
#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

// Whose doings are told.
enum class PushPolicy { all, followed, follower, none };
constexpr EnumName<PushPolicy> push_policy_names[] = {{PushPolicy::all, "all"},
                                                      {PushPolicy::followed, "followed"},
                                                      {PushPolicy::follower, "follower"},
                                                      {PushPolicy::none, "none"}};
inline std::string_view name_of(PushPolicy policy) { return name_in(push_policy_names, policy); }
inline std::optional<PushPolicy> parse_enum(std::string_view name, PushPolicy*) {
  return find_in(push_policy_names, name);
}

struct PushSubscription {
  TokenId token;
  RowId id;
  AccountId account;
  std::string endpoint;
  std::string point, auth;  // base64url
  bool is_standard = false;
  std::string access_token;
  std::int64_t alerts = 0;  // bits of a KindSet
  PushPolicy policy = PushPolicy::all;
  Time created_at;
};
BOOST_DESCRIBE_STRUCT(PushSubscription, (),
                      (token, id, account, endpoint, point, auth, is_standard, access_token, alerts, policy,
                       created_at))

void put_push_subscription(db::Writer& w, PushSubscription const& subscription);  // in place of the token's last
std::optional<PushSubscription> find_push_subscription(db::Reader& r, TokenId token);
std::vector<PushSubscription> push_subscriptions_of(db::Reader& r, AccountId account);
// Nothing where the token has none.
std::optional<PushSubscription> change_push_subscription(db::Writer& w, TokenId token, std::int64_t alerts,
                                                         PushPolicy policy);
void delete_push_subscription(db::Writer& w, TokenId token);
// The subscription, and no newer one of the token.
void delete_push_subscription(db::Writer& w, TokenId token, RowId id);

struct PushKey {
  int id = 1;
  std::string scalar, point;
};
BOOST_DESCRIBE_STRUCT(PushKey, (), (id, scalar, point))
std::optional<PushKey> find_push_key(db::Reader& r);
PushKey keep_push_key(db::Writer& w, PushKey const& key);  // the one that is there, or else this

}  // namespace posy::store
