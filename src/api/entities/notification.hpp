// Notification, alone and in groups, and what decides who gets through. (docs.joinmastodon.org/entities:
// Notification, GroupedNotificationsResults, NotificationPolicy, NotificationRequest)
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "json/omittable.hpp"

namespace posy::api::entities {

struct Notification {
  std::string id;
  std::string type;
  Time created_at;
  std::string group_key;
  json::Raw account;
  json::Omittable<json::Raw> status;
  json::Omittable<json::Raw> report;
};
BOOST_DESCRIBE_STRUCT(Notification, (), (id, type, created_at, group_key, account, status, report))

struct NotificationGroup {
  std::string group_key;
  std::int64_t notifications_count = 0;
  std::string type;
  std::string most_recent_notification_id;
  json::Omittable<std::string> page_min_id;  // only in lists
  json::Omittable<std::string> page_max_id;
  json::Omittable<Time> latest_page_notification_at;
  std::vector<std::string> sample_account_ids;
  json::Omittable<std::string> status_id;
  json::Omittable<json::Raw> report;
};
BOOST_DESCRIBE_STRUCT(NotificationGroup, (),
                      (group_key, notifications_count, type, most_recent_notification_id, page_min_id,
                       page_max_id, latest_page_notification_at, sample_account_ids, status_id, report))

struct PartialAccountWithAvatar {
  std::string id;
  std::string acct;
  bool locked = false;
  bool bot = false;
  std::string url;
  std::string avatar;
  std::string avatar_static;
  std::string avatar_description;
};
BOOST_DESCRIBE_STRUCT(PartialAccountWithAvatar, (),
                      (id, acct, locked, bot, url, avatar, avatar_static, avatar_description))

struct GroupedNotificationsResults {
  std::vector<json::Raw> accounts;
  json::Omittable<std::vector<PartialAccountWithAvatar>> partial_accounts;
  std::vector<json::Raw> statuses;
  std::vector<NotificationGroup> notification_groups;
};
BOOST_DESCRIBE_STRUCT(GroupedNotificationsResults, (),
                      (accounts, partial_accounts, statuses, notification_groups))

struct PolicySummary {
  std::int64_t pending_requests_count = 0;
  std::int64_t pending_notifications_count = 0;
};
BOOST_DESCRIBE_STRUCT(PolicySummary, (), (pending_requests_count, pending_notifications_count))

struct NotificationPolicy {
  std::string for_not_following;
  std::string for_not_followers;
  std::string for_new_accounts;
  std::string for_private_mentions;
  std::string for_limited_accounts;
  PolicySummary summary;
};
BOOST_DESCRIBE_STRUCT(NotificationPolicy, (),
                      (for_not_following, for_not_followers, for_new_accounts, for_private_mentions,
                       for_limited_accounts, summary))

struct V1NotificationPolicy {
  bool filter_not_following = false;
  bool filter_not_followers = false;
  bool filter_new_accounts = false;
  bool filter_private_mentions = false;
  PolicySummary summary;
};
BOOST_DESCRIBE_STRUCT(V1NotificationPolicy, (),
                      (filter_not_following, filter_not_followers, filter_new_accounts,
                       filter_private_mentions, summary))

struct NotificationRequest {
  std::string id;
  Time created_at;
  Time updated_at;
  std::string notifications_count;  // a string, as in Mastodon
  json::Raw account;
  std::optional<json::Raw> last_status;
};
BOOST_DESCRIBE_STRUCT(NotificationRequest, (),
                      (id, created_at, updated_at, notifications_count, account, last_status))

}  // namespace posy::api::entities
