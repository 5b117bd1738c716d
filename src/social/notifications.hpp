// A person's own dealings with her notifications: putting away, counting, and whom to let through.
#pragma once

#include <vector>

#include "base/error.hpp"
#include "store/notification.hpp"
#include "store/notification_policy.hpp"

namespace posy::social {

// not_found when it is not hers.
void dismiss_notification(db::Writer& w, AccountId who, NotificationId id);
// Each deletes a part and is false when nothing was left; call until then, a unit of work each. What waits
// among the requests stays.
bool clear_some_notifications(db::Writer& w, AccountId who);
bool dismiss_some_of_group(db::Writer& w, AccountId who, std::string_view group_key);

// The key of a group as clients see it, also of one that stands alone, and the other way.
std::string shown_group_key(store::Notification const& notification);
std::string group_key_of_one(NotificationId id);
bool is_key_of_one(std::string_view shown_key);
// The newest notification of a group; not_found when there is none.
Result<store::Notification> find_group(db::Reader& r, AccountId who, std::string_view shown_key);

// What came after the marker `notifications`, counted up to `limit`. With `query.grouped` groups count once.
int unread_notifications(db::Reader& r, store::NotificationQuery const& query, int limit);

// Accepting shows what was filtered and lets the senders through from now on. Dismissing takes the requests
// out of sight and keeps what they hold. Ids that are not hers are passed over.
void accept_requests(db::Writer& w, AccountId who, std::vector<RowId> const& ids);
void dismiss_requests(db::Writer& w, AccountId who, std::vector<RowId> const& ids);

}  // namespace posy::social
