// Notification rows to entities, alone and in groups. Everything returns JSON text.
#pragma once

#include <string>
#include <vector>

#include "api/render/renderer.hpp"
#include "store/notification.hpp"
#include "store/notification_policy.hpp"

namespace posy::api {

// One Notification, for streams; empty when it is gone or about a post that the viewer may not see.
std::string render_notification(db::Reader& r, Renderer& render, AccountId viewer, NotificationId id);
// An array in the order of the rows; those about posts that the viewer may not see any more are left out.
std::string render_notification_list(db::Reader& r, Renderer& render, AccountId viewer,
                                     std::vector<store::Notification> const& rows);

enum class ExpandAccounts { full, partial_avatars };

struct GroupsView {
  bool with_page_range = true;  // a list, not one group alone
  ExpandAccounts expand_accounts = ExpandAccounts::full;
};
// GroupedNotificationsResults; each row is the newest of its group, or stands alone although its kind forms
// groups (`alone`: those kinds).
std::string render_groups(db::Reader& r, Renderer& render, social::Site const& site, AccountId viewer,
                          std::vector<store::Notification> const& rows, store::KindSet alone,
                          GroupsView view);

std::string render_policy(db::Reader& r, AccountId account);
std::string render_v1_policy(db::Reader& r, AccountId account);
std::string render_requests(db::Reader& r, Renderer& render,
                            std::vector<store::NotificationRequest> const& rows);
std::string render_request(db::Reader& r, Renderer& render, store::NotificationRequest const& row);

}  // namespace posy::api
