// What an app is told of a notification: enough to show it at once, as Mastodon words it.
#pragma once

#include <string>

#include "social/site.hpp"
#include "store/notification.hpp"
#include "store/push_subscription.hpp"

namespace posy::push {

// Asked for by this app: the kind, and from whom.
bool is_wanted(db::Reader& r, store::PushSubscription const& subscription, store::Notification const& notification);

// A JSON object with access_token, preferred_locale, notification_id, notification_type, icon, title and body, short
// enough to be pushed; empty when what it tells of is gone. (docs.joinmastodon.org does not say; the members are those
// that apps read. The id is a number, as Mastodon's is.)
std::string make_message(db::Reader& r, social::Site const& site, store::PushSubscription const& subscription,
                         store::Notification const& notification);

}  // namespace posy::push
