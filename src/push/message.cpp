#include "push/message.hpp"

#include <boost/describe.hpp>

#include "json/write.hpp"
#include "store/account.hpp"
#include "store/relation.hpp"
#include "text/plain.hpp"

namespace posy::push {
namespace {

// A character may be several code points, and these several bytes: what is too long is cut again by bytes.
constexpr std::size_t title_characters = 100, body_characters = 140;
constexpr std::size_t title_bytes_max = 600, body_bytes_max = 1000;

struct Message {
  std::string access_token;
  std::string preferred_locale = "en";
  std::int64_t notification_id = 0;
  std::string notification_type;
  std::string icon;
  std::string title;
  std::string body;
};
BOOST_DESCRIBE_STRUCT(Message, (),
                      (access_token, preferred_locale, notification_id, notification_type, icon, title, body))

std::string cut(std::string_view text, std::size_t characters, std::size_t bytes) {
  auto out = text::truncate(text, characters);
  while (out.size() > bytes && characters > 1) out = text::truncate(text, characters /= 2);
  return out.size() > bytes ? std::string() : out;
}

std::string_view doing(store::NotificationKind kind) {
  using enum store::NotificationKind;
  switch (kind) {
    case mention: return " mentioned you";
    case status: return " just posted";
    case reblog: return " boosted your post";
    case follow: return " follows you now";
    case follow_request: return " asks to follow you";
    case favourite: return " favourited your post";
    case poll: return "";
    case update: return " edited a post";
    case quote: return " quoted your post";
    case quoted_update: return " edited a post that you quoted";
    case admin_sign_up: return " signed up";
    case admin_report: return " reported something";
  }
  return "";
}

std::string title_of(store::NotificationKind kind, store::Account const& sender) {
  if (kind == store::NotificationKind::poll) return "A poll has ended";
  auto const& name = sender.display_name.empty() ? sender.username : sender.display_name;
  return cut(name, title_characters, title_bytes_max).append(doing(kind));
}

std::string body_of(store::Post const& post) {
  if (!post.notice.empty()) return cut(post.notice, body_characters, body_bytes_max);
  if (!post.title.empty()) return cut(post.title, body_characters, body_bytes_max);
  return cut(text::html_to_text(post.content), body_characters, body_bytes_max);
}

}  // namespace

bool is_wanted(db::Reader& r, store::PushSubscription const& subscription, store::Notification const& notification) {
  if (((subscription.alerts >> static_cast<int>(notification.kind)) & 1) == 0) return false;
  auto const me = notification.account, sender = notification.sender;
  switch (subscription.policy) {
    case store::PushPolicy::all: return true;
    case store::PushPolicy::followed: return store::is_following(r, me, sender);
    case store::PushPolicy::follower: return store::is_following(r, sender, me);
    case store::PushPolicy::none: return false;
  }
  return false;
}

std::string make_message(db::Reader& r, social::Site const& site, store::PushSubscription const& subscription,
                         store::Notification const& notification) {
  auto sender = store::find_account(r, notification.sender);
  if (!sender) return {};
  Message message{.access_token = subscription.access_token,
                  .notification_id = notification.id.value,
                  .notification_type = std::string(store::name_of(notification.kind)),
                  .icon = site.avatar_url(*sender),
                  .title = title_of(notification.kind, *sender),
                  .body = {}};
  if (notification.post) {
    auto post = store::find_post(r, notification.post);
    if (!post) return {};
    message.body = body_of(*post);
  }
  return json::to_json(message);
}

}  // namespace posy::push
