#include "social/remove.hpp"

#include "jobs/queue.hpp"
#include "social/boost.hpp"
#include "social/conversations.hpp"
#include "social/live.hpp"
#include "social/send.hpp"
#include "store/consent.hpp"
#include "store/media.hpp"
#include "store/remote_file.hpp"
#include "store/search.hpp"
#include "store/tombstone.hpp"

namespace posy::social {

using store::Post;
using store::Visibility;

namespace {

void uncount(db::Writer& w, Post const& post) {
  // Whoever boosted it has one post less.
  w.run(R"sql(
      update account_stats set posts = posts - 1
      where account in (select author from post where boost_of = $1 and is_local = 1) and posts > 0
  )sql",
        post.id);
  if (post.visibility == Visibility::direct) return;
  store::add_to_count(w, post.author, store::AccountCount::posts, -1);
  tell(w, Live::account_changed, post.author.value);
  if (post.visibility == Visibility::followers) return;
  if (post.in_reply_to) {
    store::add_to_count(w, post.in_reply_to, store::PostCount::replies, -1);
    tell(w, Live::post_counts, post.in_reply_to.value);
  }
  if (post.quote_state == store::QuoteState::accepted) {
    store::add_to_count(w, post.quote_of, store::PostCount::quotes, -1);
    tell(w, Live::post_counts, post.quote_of.value);
  }
}

constexpr int removed_at_once_max = 20;

void release_media(db::Writer& w, PostId post, KeepMedia keep) {
  std::vector<MediaId> ids;
  for (auto const& media : store::media_of(w, {post})) ids.push_back(media.id);
  // Free since the beginning of time: the next clean-up takes rows and files.
  store::release_media(w, ids, keep == KeepMedia::yes ? w.now() : Time{});
  store::drop_remote_files(w, ids);
}

}  // namespace

void remove_post(db::Writer& w, AccountId who, PostId id, KeepMedia keep) {
  auto post = store::find_post(w, id);
  if (!post || post->author != who) refuse(Refusal::not_found, "Record not found");
  if (post->boost_of) {
    unboost(w, who, post->id);
    return;
  }
  bool was_public = post->visibility == Visibility::everyone &&
                    (!post->in_reply_to || post->in_reply_to_account == post->author);

  if (post->is_local) {
    store::leave_tombstone(w, *post);
    send(w, who, Act::remove, post->id.value);
  } else if (post->uri) {
    store::remember_deleted(w, *post->uri);
  }
  if (post->visibility == Visibility::direct) leave_conversation(w, *post);
  release_media(w, post->id, keep);
  uncount(w, *post);
  w.run("update post set quote_state = $2 where quote_of = $1", post->id, store::QuoteState::deleted);
  if (post->poll) jobs::cancel(w, jobs::EndPoll{post->poll});
  store::remove_from_index(w, post->id);
  store::delete_post(w, post->id);
  tell(w, Live::post_deleted, post->id.value, post->author.value, 0, was_public ? "public" : "");
}

bool remove_some_posts(db::Writer& w, AccountId who) {
  auto posts = w.all<PostId>("select id from post where author = $1 order by id limit $2", who, removed_at_once_max);
  for (auto id : posts) remove_post(w, who, id, KeepMedia::no);
  return static_cast<int>(posts.size()) == removed_at_once_max;
}

}  // namespace posy::social
