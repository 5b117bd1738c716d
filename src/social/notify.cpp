#include "social/notify.hpp"

#include "social/live.hpp"
#include "store/notification_policy.hpp"

namespace posy::social {
namespace {

// What happens within one span is one group.
constexpr std::chrono::hours group_span{12};

// "favourite-POST-SPAN", "follow-SPAN": as Mastodon's, opaque to clients. Empty for what stands alone.
std::string group_key(NotificationKind kind, PostId post, Time now) {
  if (!store::groupable_kinds.contains(kind)) return {};
  std::string key(store::name_of(kind));
  if (post) key += "-" + post.str();
  return key + "-" + std::to_string(now.time_since_epoch() / group_span);
}

bool replaces_earlier(NotificationKind kind) {
  return kind == NotificationKind::update || kind == NotificationKind::quoted_update;
}

}  // namespace

void notify(db::Writer& w, AccountId to, NotificationKind kind, AccountId from, PostId post) {
  notify(w, to, kind, from, post, reception(w, to, kind, from, post));
}

void notify(db::Writer& w, AccountId to, NotificationKind kind, AccountId from, PostId post, Reception verdict) {
  if (verdict == Reception::drop) return;
  // The same thing is told once; a new edit takes the place of the one before.
  if (auto earlier = store::find_notification(w, to, kind, from, post)) {
    if (!replaces_earlier(kind)) return;
    store::delete_notifications(w, {*earlier});
  }

  store::Notification notification{.id = w.make_id<NotificationId>(),
                                   .account = to,
                                   .kind = kind,
                                   .sender = from,
                                   .post = post,
                                   .filtered = verdict == Reception::filter,
                                   .created_at = w.now()};
  if (!notification.filtered) notification.group_key = group_key(kind, post, w.now());
  store::insert_notification(w, notification);
  if (notification.filtered)
    store::add_to_request(w, to, from, post);
  else
    tell(w, Live::notification, to.value, notification.id.value);
}

void notify_of_report(db::Writer& w, AccountId moderator, store::Report const& report) {
  if (moderator == report.account) return;  // she knows
  store::Notification notification{.id = w.make_id<NotificationId>(),
                                   .account = moderator,
                                   .kind = NotificationKind::admin_report,
                                   .sender = report.account,
                                   .created_at = w.now(),
                                   .report = report.id};
  store::insert_notification(w, notification);
  tell(w, Live::notification, moderator.value, notification.id.value);
}

void forget(db::Writer& w, AccountId to, NotificationKind kind, AccountId from, PostId post) {
  if (auto id = store::find_notification(w, to, kind, from, post)) store::delete_notifications(w, {*id});
}

}  // namespace posy::social
