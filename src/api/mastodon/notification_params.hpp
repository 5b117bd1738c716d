// The parameters that both forms of the notification lists share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/api.hpp"
#include "store/notification.hpp"

namespace posy::api {

constexpr int notifications_default = 40;
constexpr int notifications_max = 80;
constexpr int unread_default = 100;
constexpr int unread_max = 1000;

struct NotificationParams {
  std::vector<std::string> types;
  std::vector<std::string> exclude_types;
  std::optional<AccountId> account_id;
  std::optional<bool> include_filtered;
  std::vector<std::string> grouped_types;
};
BOOST_DESCRIBE_STRUCT(NotificationParams, (),
                      (types, exclude_types, account_id, include_filtered, grouped_types))

// Kinds that we do not know are passed over: clients name those of every server.
store::KindSet read_kinds(std::vector<std::string> const& names);
// Types, excluded types and sender; nothing grouped.
store::NotificationQuery read_notification_query(Request const& request);
// The kinds to show as groups: all that can be unless some are named.
store::KindSet read_grouped(Request const& request);
// `limit`, within the bounds above.
int read_unread_limit(Request const& request);

}  // namespace posy::api
