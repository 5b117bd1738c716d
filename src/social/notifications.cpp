#include "social/notifications.hpp"

namespace posy::social {
namespace {

constexpr std::string_view alone_prefix = "ungrouped-";

// The id in "ungrouped-ID", or none.
NotificationId alone_id(std::string_view shown_key) {
  if (!shown_key.starts_with(alone_prefix)) return {};
  return NotificationId{parse_id(shown_key.substr(alone_prefix.size())).value_or(0)};
}

}  // namespace

void dismiss_notification(db::Writer& w, AccountId who, NotificationId id) {
  if (!store::find_notification(w, who, id)) refuse(Refusal::not_found, "Record not found");
  store::delete_notifications(w, {id});
}

bool clear_some_notifications(db::Writer& w, AccountId who) {
  return store::delete_some_notifications(w, who);
}

bool dismiss_some_of_group(db::Writer& w, AccountId who, std::string_view group_key) {
  auto id = alone_id(group_key);
  if (!id) return store::delete_some_members(w, who, group_key);
  if (store::find_notification(w, who, id)) store::delete_notifications(w, {id});
  return false;
}

std::string shown_group_key(store::Notification const& notification) {
  if (!notification.group_key.empty()) return notification.group_key;
  return group_key_of_one(notification.id);
}

std::string group_key_of_one(NotificationId id) {
  return std::string(alone_prefix) + id.str();
}

bool is_key_of_one(std::string_view shown_key) {
  return shown_key.starts_with(alone_prefix);
}

Result<store::Notification> find_group(db::Reader& r, AccountId who, std::string_view shown_key) {
  auto id = alone_id(shown_key);
  auto found = id ? store::find_notification(r, who, id) : store::find_group(r, who, shown_key);
  if (!found) return not_found();
  return *found;
}

int unread_notifications(db::Reader& r, store::NotificationQuery const& query, int limit) {
  auto read = r.find<std::int64_t>(
      "select last_read from marker where account = $1 and timeline = 'notifications'", query.account);
  store::Page page{.after = read.value_or(0), .limit = limit};
  return static_cast<int>(store::notifications(r, query, page).size());
}

void accept_requests(db::Writer& w, AccountId who, std::vector<RowId> const& ids) {
  std::vector<AccountId> senders;
  for (auto const& request : store::notification_requests_by_id(w, who, ids))
    senders.push_back(request.sender);
  if (senders.empty()) return;
  store::let_through(w, who, senders);
  store::delete_notification_requests(w, who, ids);
}

void dismiss_requests(db::Writer& w, AccountId who, std::vector<RowId> const& ids) {
  store::delete_notification_requests(w, who, ids);
}

}  // namespace posy::social
