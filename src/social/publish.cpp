#include "social/publish.hpp"

#include "base/error.hpp"
#include "jobs/queue.hpp"
#include "social/compose.hpp"
#include "social/enter.hpp"
#include "social/link_preview.hpp"
#include "social/move.hpp"
#include "social/reach.hpp"
#include "social/send.hpp"
#include "store/essay_slug.hpp"
#include "store/idempotency.hpp"
#include "store/media.hpp"
#include "store/poll.hpp"
#include "text/plain.hpp"

namespace posy::social {

using store::Post;

namespace {

PollId insert_poll(db::Writer& w, PostId post, PollDraft const& draft) {
  store::Poll poll{
      .id = w.make_id<PollId>(),
      .post = post,
      .expires_at = w.now() + std::chrono::seconds(draft.seconds),
      .multiple = draft.multiple,
      .hide_totals = draft.hide_totals,
  };
  store::insert_poll(w, poll, draft.options);
  jobs::add(w, jobs::EndPoll{poll.id}, *poll.expires_at);
  return poll.id;
}

// The post that this key made before, if it still exists; else the key is ours.
std::optional<Post> find_made(db::Writer& w, Draft const& draft, PostId id) {
  if (draft.idempotency_key.empty()) return {};
  auto made = store::take_key(w, draft.author, draft.idempotency_key, id.value);
  if (!made) return {};
  auto post = store::find_post(w, PostId{*made});
  if (!post) store::move_key(w, draft.author, draft.idempotency_key, id.value);
  return post;
}

}  // namespace

Post publish(db::Writer& w, Site const& site, Draft const& draft) {
  auto id = w.make_id<PostId>();
  if (auto made = find_made(w, draft, id)) return *made;
  require_not_moved(w, draft.author);

  Prepared prepared = prepare(w, site, draft);
  Post post = prepared.post;
  post.id = id;
  post.created_at = w.now();
  post.thread = prepared.parent ? prepared.parent->thread : post.id;

  store::insert_post(w, post);
  if (!post.slug.empty()) store::insert_slug(w, {post.author, post.slug, post.id});
  if (!store::attach_media(w, post.id, prepared.media))
    refuse(Refusal::unprocessable, "Validation failed: Media not found or already attached to another post");
  if (prepared.poll) {
    post.poll = insert_poll(w, post.id, *prepared.poll);
    store::update_post_text(w, post);
  }
  Surroundings around{.mentioned = prepared.mentioned,
                      .tags = tags_in(prepared.composed),
                      .urls = prepared.composed.urls,
                      .text = text::html_to_text(post.content),
                      .has_media = !prepared.media.empty()};
  if (prepared.quoted) around.quoted_author = prepared.quoted->author;
  enter(w, post, around);
  keep_reach(w, post, prepared.parent, draft.reach);
  add_preview(w, post, !prepared.media.empty(), fit_link(site, around.urls), true);
  send(w, post.author, Act::create, post.id.value);
  return post;
}

}  // namespace posy::social
