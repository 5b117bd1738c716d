#include "social/mark.hpp"

#include <algorithm>

#include "social/live.hpp"
#include "social/original.hpp"
#include "social/send.hpp"
#include "store/interaction.hpp"
#include "store/remote_profile.hpp"

namespace posy::social {

using store::Post;
using store::Visibility;

namespace {

constexpr int pins_elsewhere_max = 20;  // of one account

}  // namespace

Post bookmark(db::Writer& w, AccountId who, PostId id) {
  Post post = find_original(w, Viewer{who}, id);
  store::insert_bookmark(w, who, post.id);
  return post;
}

Post unbookmark(db::Writer& w, AccountId who, PostId id) {
  Post post = find_original_anyhow(w, id);
  store::delete_bookmark(w, who, post.id);
  return post;
}

Post pin(db::Writer& w, Site const& site, AccountId who, PostId id) {
  constexpr auto invalid = Refusal::unprocessable;
  Post post = find_visible_post(w, Viewer{who}, id).value();
  if (post.boost_of) refuse(invalid, "Validation failed: A boost cannot be pinned");
  if (post.author != who) refuse(invalid, "Validation failed: Someone else's post cannot be pinned");
  if (post.visibility == Visibility::direct)
    refuse(invalid, "Validation failed: Posts that are only visible to mentioned users cannot be pinned");
  if (!store::insert_pin(w, who, post.id)) return post;
  if (store::count_pins(w, who) > static_cast<std::int64_t>(site.limits.pinned_posts))
    refuse(invalid, "Validation failed: You have already pinned the maximum number of posts");
  send(w, who, Act::pin, post.id.value);
  tell(w, Live::account_changed, who.value);
  return post;
}

Post unpin(db::Writer& w, AccountId who, PostId id) {
  Post post = find_visible_post(w, Viewer{who}, id).value();
  if (!store::delete_pin(w, who, post.id)) return post;
  send(w, who, Act::unpin, post.id.value);
  tell(w, Live::account_changed, who.value);
  return post;
}

void keep_pin(db::Writer& w, AccountId who, PostId id) {
  auto post = store::find_post(w, id);
  bool fits = post && !post->is_local && post->author == who && !post->boost_of;
  if (!fits || post->visibility == Visibility::followers || post->visibility == Visibility::direct) return;
  if (store::count_pins(w, who) >= pins_elsewhere_max || !store::insert_pin(w, who, id)) return;
  tell(w, Live::account_changed, who.value);
}

void drop_pin(db::Writer& w, AccountId who, PostId id) {
  if (store::delete_pin(w, who, id)) tell(w, Live::account_changed, who.value);
}

void keep_pins(db::Writer& w, AccountId who, std::vector<PostId> const& posts) {
  for (auto pinned : store::pins_of(w, who, pins_elsewhere_max))
    if (std::ranges::find(posts, pinned) == posts.end()) drop_pin(w, who, pinned);
  for (auto post : posts) keep_pin(w, who, post);
}

Post mute_thread(db::Writer& w, AccountId who, PostId id) {
  Post post = find_original(w, Viewer{who}, id);
  store::insert_thread_mute(w, who, post.thread);
  return post;
}

Post unmute_thread(db::Writer& w, AccountId who, PostId id) {
  Post post = find_original_anyhow(w, id);
  store::delete_thread_mute(w, who, post.thread);
  return post;
}

}  // namespace posy::social
