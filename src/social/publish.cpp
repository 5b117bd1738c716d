#include "social/publish.hpp"

#include <algorithm>

#include "jobs/queue.hpp"
#include "social/compose.hpp"
#include "social/conversations.hpp"
#include "social/links.hpp"
#include "social/live.hpp"
#include "social/notify.hpp"
#include "social/timelines.hpp"
#include "store/idempotency.hpp"
#include "store/media.hpp"
#include "store/poll.hpp"
#include "store/relation.hpp"
#include "store/tag.hpp"

namespace posy::social {

using store::Post;
using store::Visibility;

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

void count(db::Writer& w, Post const& post) {
  if (post.visibility == Visibility::direct) return;
  store::count_post(w, post.author, post.created_at);
  tell(w, Live::account_changed, post.author.value);
  // What only followers may read must not show in anybody's counts.
  if (post.visibility == Visibility::followers) return;
  if (post.in_reply_to) {
    store::add_to_count(w, post.in_reply_to, store::PostCount::replies, 1);
    tell(w, Live::post_counts, post.in_reply_to.value);
  }
  if (post.quote_state == store::QuoteState::accepted) {
    store::add_to_count(w, post.quote_of, store::PostCount::quotes, 1);
    tell(w, Live::post_counts, post.quote_of.value);
  }
}

// One post is one notification: a quote beats a mention, a mention beats "she has posted".
void announce(db::Writer& w, Post const& post, Prepared const& prepared) {
  std::vector<AccountId> told;
  if (post.quote_state == store::QuoteState::accepted) {
    notify(w, prepared.quoted->author, NotificationKind::quote, post.author, post.id);
    told.push_back(prepared.quoted->author);
  }
  for (auto account : prepared.mentioned) {
    if (std::ranges::find(told, account) != told.end()) continue;
    notify(w, account, NotificationKind::mention, post.author, post.id);
    told.push_back(account);
  }
  bool replies_to_other = post.in_reply_to && post.in_reply_to_account != post.author;
  if (post.visibility == Visibility::direct || replies_to_other) return;
  auto curious = w.all<AccountId>(
      "select account from follow where target = $1 and by_local = 1 and notify = 1", post.author);
  for (auto follower : curious) {
    if (std::ranges::find(told, follower) != told.end()) continue;
    notify(w, follower, NotificationKind::status, post.author, post.id);
  }
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

  Prepared prepared = prepare(w, site, draft);
  Post post = prepared.post;
  post.id = id;
  post.created_at = w.now();
  post.thread = prepared.parent ? prepared.parent->thread : post.id;

  store::insert_post(w, post);
  store::insert_mentions(w, post.id, prepared.mentioned);
  if (!store::attach_media(w, post.id, draft.media))
    refuse(Refusal::unprocessable, "Validation failed: Media not found or already attached to another post");
  if (prepared.poll) {
    post.poll = insert_poll(w, post.id, *prepared.poll);
    store::update_post_text(w, post);
  }
  std::vector<TagId> tags;
  for (auto const& tag : store::find_or_add_tags(w, tags_in(prepared.composed))) tags.push_back(tag.id);
  store::insert_post_tags(w, post.id, tags);
  if (!prepared.composed.urls.empty()) set_links(w, post.id, prepared.composed.urls);
  index_for_search(w, post);
  spread(w, post, tags);
  if (post.visibility == Visibility::direct) join_conversation(w, post, prepared.mentioned);
  announce(w, post, prepared);
  // Last, as these rows are locked until the commit, and many posts want the same ones: of one author, under one
  // tag, in answer to one post.
  // Trends are made of what everybody may see.
  if (post.visibility == Visibility::everyone) store::count_uses(w, tags, post.author, post.created_at);
  count(w, post);
  tell(w, Live::post_created, post.id.value);
  return post;
}

}  // namespace posy::social
