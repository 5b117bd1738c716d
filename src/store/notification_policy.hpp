// Who reaches a person's notifications: the policy, the requests that gather what it put aside, and the
// senders whom she let through for good.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/enum_names.hpp"
#include "base/id.hpp"
#include "db/access.hpp"
#include "store/page.hpp"

namespace posy::store {

enum class PolicyAction { accept, filter, drop };

constexpr EnumName<PolicyAction> policy_action_names[] = {
    {PolicyAction::accept, "accept"}, {PolicyAction::filter, "filter"}, {PolicyAction::drop, "drop"}};
inline std::string_view name_of(PolicyAction action) {
  return name_in(policy_action_names, action);
}
inline std::optional<PolicyAction> parse_enum(std::string_view name, PolicyAction*) {
  return find_in(policy_action_names, name);
}

struct NotificationPolicy {
  AccountId account;
  PolicyAction for_not_following = PolicyAction::accept;
  PolicyAction for_not_followers = PolicyAction::accept;
  PolicyAction for_new_accounts = PolicyAction::accept;
  PolicyAction for_private_mentions = PolicyAction::filter;
  PolicyAction for_limited_accounts = PolicyAction::filter;
};
BOOST_DESCRIBE_STRUCT(NotificationPolicy, (),
                      (account, for_not_following, for_not_followers, for_new_accounts, for_private_mentions,
                       for_limited_accounts))

NotificationPolicy notification_policy(db::Reader& r, AccountId account);  // the usual one when none was set
void save_policy(db::Writer& w, NotificationPolicy const& policy);

struct NotificationRequest {
  RowId id;
  AccountId account;
  AccountId sender;
  PostId last_post;
  std::int64_t notifications = 0;
  Time created_at;
  Time updated_at;
};
BOOST_DESCRIBE_STRUCT(NotificationRequest, (),
                      (id, account, sender, last_post, notifications, created_at, updated_at))

// Counts one more filtered notification of the sender.
void add_to_request(db::Writer& w, AccountId account, AccountId sender, PostId post);
std::vector<NotificationRequest> notification_requests(db::Reader& r, AccountId account, Page const& page);
std::optional<NotificationRequest> find_notification_request(db::Reader& r, AccountId account, RowId id);
std::vector<NotificationRequest> notification_requests_by_id(db::Reader& r, AccountId account,
                                                             std::vector<RowId> const& ids);
void delete_notification_requests(db::Writer& w, AccountId account, std::vector<RowId> const& ids);

// Counted up to a bound (some hundreds): enough to show, and cheap under a flood.
struct PendingRequests {
  std::int64_t requests = 0;
  std::int64_t notifications = 0;
};
BOOST_DESCRIBE_STRUCT(PendingRequests, (), (requests, notifications))
PendingRequests pending_requests(db::Reader& r, AccountId account);

// From now on nothing of theirs is filtered; what was filtered is so no longer.
void let_through(db::Writer& w, AccountId account, std::vector<AccountId> const& senders);

}  // namespace posy::store
