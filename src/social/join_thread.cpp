#include "social/join_thread.hpp"

#include "jobs/queue.hpp"
#include "social/conversations.hpp"
#include "social/live.hpp"
#include "social/visibility.hpp"
#include "store/awaited.hpp"

namespace posy::social {

using store::Post;
using store::Visibility;

namespace {

constexpr int placed_at_once_max = 50;
constexpr int moved_at_once_max = 100;
constexpr int joined_threads_max = 20;  // each the beginning of the next, while jobs are at it

// Its posts go over to the thread that the first of them is in now.
bool move_some(db::Writer& w, PostId from, PostId to) {
  auto moved = store::move_posts(w, from, to, moved_at_once_max);
  for (auto const& post : store::posts_by_id(w, moved)) {
    if (post.visibility == Visibility::direct) move_conversations(w, post, from);
    tell(w, Live::post_changed, post.id.value);
  }
  return static_cast<int>(moved.size()) == moved_at_once_max;
}

// False when it may not stand there.
bool place(db::Writer& w, Post const& child, Post const& parent, PostId thread) {
  if (child.in_reply_to || child.boost_of || child.is_local) return false;
  // What answers it cannot be what it answers.
  if (thread == child.id || child.id == parent.id) return false;
  if (!may_see(w, {child.author}, parent)) return false;
  store::set_parent(w, child.id, parent, thread);
  store::copy_thread_mutes(w, child.id, thread);
  if (child.visibility == Visibility::direct) {
    auto moved = child;
    moved.thread = thread;
    move_conversations(w, moved, child.id);
  }
  if (move_some(w, child.id, thread)) jobs::add(w, jobs::MoveThread{child.id}, w.now());
  tell(w, Live::post_changed, child.id.value);
  return true;
}

}  // namespace

PostId thread_of(db::Reader& r, Post const& post) {
  auto thread = post.thread;
  for (int step = 0; step < joined_threads_max; ++step) {
    auto first = store::find_post(r, thread);
    if (!first || first->thread == thread) break;
    thread = first->thread;
  }
  return thread;
}

bool place_some_waiting(db::Writer& w, PostId id) {
  auto parent = store::find_post(w, id);
  if (!parent || !parent->uri) return false;
  auto waiting = store::awaiting(w, *parent->uri, placed_at_once_max);
  if (waiting.empty()) return false;
  store::forget_awaiting(w, waiting);
  auto thread = thread_of(w, *parent);
  int replies = 0;
  for (auto child_id : waiting) {
    auto child = store::find_post(w, child_id);
    if (!child || !place(w, *child, *parent, thread)) continue;
    // What only followers may read must not show in anybody's counts.
    if (child->visibility <= Visibility::unlisted) ++replies;
  }
  if (replies > 0) store::add_to_count(w, id, store::PostCount::replies, replies);
  tell(w, Live::post_counts, id.value);
  return static_cast<int>(waiting.size()) == placed_at_once_max;
}

void place_waiting(db::Writer& w, Post const& parent) {
  if (place_some_waiting(w, parent.id)) jobs::add(w, jobs::PlaceWaiting{parent.id}, w.now());
}

bool move_some_of_thread(db::Writer& w, PostId first) {
  auto post = store::find_post(w, first);
  if (!post) return false;
  auto thread = thread_of(w, *post);
  return thread != first && move_some(w, first, thread);
}

}  // namespace posy::social
