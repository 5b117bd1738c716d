#include "social/favourite.hpp"

#include "social/allowed.hpp"
#include "social/live.hpp"
#include "social/notify.hpp"
#include "social/original.hpp"
#include "social/send.hpp"
#include "store/interaction.hpp"

namespace posy::social {

store::Post favourite(db::Writer& w, AccountId who, PostId id) {
  store::Post post = find_original(w, Viewer{who}, id);
  check_allowed(w, who, Interaction::favourite, post);
  if (!store::insert_favourite(w, who, post.id)) return post;  // already there

  send_to(w, who, post.author, Act::like, post.id.value);
  // Last, as these rows are locked until the commit, and all who favour this post want them.
  notify(w, post.author, NotificationKind::favourite, who, post.id);
  store::add_to_count(w, post.id, store::PostCount::favourites, 1);
  tell(w, Live::post_counts, post.id.value);
  return post;
}

store::Post unfavourite(db::Writer& w, AccountId who, PostId id) {
  store::Post post = find_original_anyhow(w, id);
  if (!store::delete_favourite(w, who, post.id)) return post;

  store::add_to_count(w, post.id, store::PostCount::favourites, -1);
  forget(w, post.author, NotificationKind::favourite, who, post.id);
  send_to(w, who, post.author, Act::unlike, post.id.value);
  tell(w, Live::post_counts, post.id.value);
  return post;
}

}  // namespace posy::social
