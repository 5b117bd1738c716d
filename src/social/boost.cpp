#include "social/boost.hpp"

#include "social/allowed.hpp"
#include "social/live.hpp"
#include "social/move.hpp"
#include "social/notify.hpp"
#include "social/original.hpp"
#include "social/send.hpp"
#include "social/timelines.hpp"
#include "store/login.hpp"

namespace posy::social {

using store::Post;
using store::Visibility;

namespace {

Visibility choose_visibility(db::Reader& r, store::Account const& who, Post const& post,
                             std::optional<Visibility> wanted) {
  if (post.visibility == Visibility::followers) return Visibility::followers;
  if (!wanted) {
    auto login = store::find_login(r, who.id);
    // Nobody can have meant a boost that only she sees.
    wanted = login ? std::min(login->default_visibility, Visibility::followers) : Visibility::everyone;
  }
  if (*wanted == Visibility::direct)
    refuse(Refusal::unprocessable, "Validation failed: Visibility is invalid");
  if (*wanted == Visibility::everyone && who.silenced_at) return Visibility::unlisted;
  return *wanted;
}

}  // namespace

Post boost(db::Writer& w, AccountId who, PostId id, std::optional<Visibility> visibility) {
  Post post = find_original(w, Viewer{who}, id);
  if (!may_boost(post, who)) refuse(Refusal::forbidden, "This action is not allowed");
  check_allowed(w, who, Interaction::boost, post);
  auto account = store::find_account(w, who);
  if (!account) refuse(Refusal::not_found, "Record not found");
  require_not_moved(w, who);

  Post boost{.id = w.make_id<PostId>(), .author = who, .created_at = w.now()};
  boost.visibility = choose_visibility(w, *account, post, visibility);
  boost.thread = boost.id;
  boost.boost_of = post.id;
  boost.is_local = account->is_local();
  if (!store::insert_boost(w, boost)) return store::find_post(w, *store::find_boost(w, who, post.id)).value();

  spread(w, boost, {});
  send(w, *account, Act::announce, boost.id.value);
  store::count_post(w, who, boost.created_at);
  // Last, as these rows are locked until the commit, and all who boost this post want them.
  notify(w, post.author, NotificationKind::reblog, who, post.id);
  store::add_to_count(w, post.id, store::PostCount::boosts, 1);
  tell(w, Live::account_changed, who.value);
  tell(w, Live::post_counts, post.id.value);
  tell(w, Live::post_created, boost.id.value);
  return boost;
}

Post unboost(db::Writer& w, AccountId who, PostId id) {
  Post post = find_original_anyhow(w, id);
  auto boost = store::find_boost(w, who, post.id);
  if (!boost) return post;

  store::delete_post(w, *boost);
  store::add_to_count(w, post.id, store::PostCount::boosts, -1);
  store::add_to_count(w, who, store::AccountCount::posts, -1);
  forget(w, post.author, NotificationKind::reblog, who, post.id);
  send(w, who, Act::unannounce, boost->value, post.id.value);
  tell(w, Live::account_changed, who.value);
  tell(w, Live::post_counts, post.id.value);
  tell(w, Live::post_deleted, boost->value, who.value, post.id.value);
  return post;
}

}  // namespace posy::social
