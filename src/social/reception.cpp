#include "social/reception.hpp"

#include <algorithm>
#include <chrono>

#include "store/notification_policy.hpp"
#include "store/post.hpp"

namespace posy::social {

using store::NotificationKind;
using store::PolicyAction;

namespace {

constexpr auto account_is_new = std::chrono::days(30);
constexpr auto follower_is_new = std::chrono::days(3);
// How far up a thread we look for a message that this one answers.
constexpr int answered_posts_max = 100;

// Everything between two people that decides, found with one query.
struct Standing {
  bool refused = false;  // blocked either way, suspended, of a blocked domain
  bool muted = false;    // with its notifications
  bool thread_muted = false;
  bool let_through = false;
  bool following = false;
  bool limited = false;
  std::optional<Time> follower_since;
  Time sender_created_at;
};
BOOST_DESCRIBE_STRUCT(Standing, (),
                      (refused, muted, thread_muted, let_through, following, limited, follower_since,
                       sender_created_at))

// Nothing when `to` is not of this server.
std::optional<Standing> standing(db::Reader& r, AccountId to, AccountId from, PostId post) {
  return r.find<Standing>(R"sql(
      select
        case when s.suspended_at is not null or t.suspended_at is not null
               or exists (select 1 from block where account = t.id and target = s.id)
               or exists (select 1 from block where account = s.id and target = t.id)
               or (s.domain <> '' and exists (select 1 from domain_block where account = t.id and domain = s.domain))
             then 1 else 0 end,
        case when exists (select 1 from mute where account = t.id and target = s.id and notifications = 1
                            and (expires_at is null or expires_at > $4))
             then 1 else 0 end,
        case when exists (select 1 from post p join thread_mute m on m.account = $1 and m.thread = p.thread
                          where p.id = $3)
             then 1 else 0 end,
        case when exists (select 1 from notification_permission where account = t.id and sender = s.id)
             then 1 else 0 end,
        case when exists (select 1 from follow where account = t.id and target = s.id) then 1 else 0 end,
        case when s.silenced_at is not null then 1 else 0 end,
        (select created_at from follow where account = s.id and target = t.id),
        s.created_at
      from account t join account s on s.id = $2
      where t.id = $1 and t.domain = ''
  )sql",
                          to, from, post, r.now());
}

// These tell of what one asked for, or of one's own doing; the policy leaves them alone.
bool is_filterable(NotificationKind kind) {
  switch (kind) {
    case NotificationKind::mention:
    case NotificationKind::reblog:
    case NotificationKind::follow:
    case NotificationKind::follow_request:
    case NotificationKind::favourite:
    case NotificationKind::quote:
      return true;
    case NotificationKind::status:
    case NotificationKind::poll:
    case NotificationKind::update:
    case NotificationKind::quoted_update:
    case NotificationKind::admin_sign_up:
    case NotificationKind::admin_report:
      return false;
  }
  return true;
}

// A private message that answers none which `to` wrote to its author.
bool is_unasked_message(db::Reader& r, AccountId to, AccountId from, PostId id) {
  auto post = store::find_post(r, id);
  if (!post || post->visibility != store::Visibility::direct) return false;
  if (!post->in_reply_to) return true;
  auto above = store::ancestors(r, *post, answered_posts_max);
  if (above.empty()) return true;
  return !r.find<std::int64_t>(R"sql(
      select 1 from post p
      where p.id in ids($1) and p.author = $2 and p.visibility = 3
        and exists (select 1 from mention where post = p.id and account = $3)
      limit 1
  )sql",
                               above, to, from);
}

// Of what is not dropped for what stands between the two.
Reception by_policy(db::Reader& r, AccountId to, NotificationKind kind, AccountId from, PostId post,
                    Standing const& between) {
  if (!is_filterable(kind) || between.let_through) return Reception::accept;

  auto policy = store::notification_policy(r, to);
  auto strictest = PolicyAction::accept;
  auto apply = [&](PolicyAction action) { strictest = std::max(strictest, action); };
  if (!between.follower_since || *between.follower_since > r.now() - follower_is_new)
    apply(policy.for_not_followers);
  if (!between.following) {
    apply(policy.for_not_following);
    if (between.sender_created_at > r.now() - account_is_new) apply(policy.for_new_accounts);
    if (between.limited) apply(policy.for_limited_accounts);
    if (kind == NotificationKind::mention && policy.for_private_mentions > strictest &&
        is_unasked_message(r, to, from, post))
      apply(policy.for_private_mentions);
  }
  return static_cast<Reception>(strictest);
}

}  // namespace

Reception reception(db::Reader& r, AccountId to, NotificationKind kind, AccountId from, PostId post) {
  // The end of one's own poll is the one thing that nobody else tells.
  if (to == from && kind != NotificationKind::poll) return Reception::drop;
  auto between = standing(r, to, from, post);
  if (!between || between->refused || between->muted || between->thread_muted) return Reception::drop;
  return by_policy(r, to, kind, from, post, *between);
}

MessageReception reception_of_message(db::Reader& r, AccountId to, AccountId from, PostId post) {
  auto between = standing(r, to, from, post);
  if (!between || between->refused) return {};
  if (between->muted || between->thread_muted) return {Delivery::quiet, Reception::drop};
  if (to == from) return {};
  auto verdict = by_policy(r, to, NotificationKind::mention, from, post, *between);
  return {verdict == Reception::drop ? Delivery::refused : Delivery::unread, verdict};
}

}  // namespace posy::social
