#include "social/adopt.hpp"

#include "social/live.hpp"
#include "social/visibility.hpp"
#include "store/missing_parent.hpp"

namespace posy::social {
namespace {

constexpr int adopted_max = 50;   // at a time
constexpr int posts_max = 500;    // of a thread that joins another one

bool may_join(db::Reader& r, store::Post const& answer, store::Post const& parent) {
  // Of letters the thread is the conversation that people have open.
  if (answer.in_reply_to || answer.visibility == store::Visibility::direct) return false;
  // Nobody answers what she cannot see, nor what answers her answer.
  if (answer.thread == parent.thread || !may_see(r, {answer.author}, parent)) return false;
  return !store::is_longer(r, answer.thread, posts_max);
}

}  // namespace

bool adopt_some(db::Writer& w, store::Post const& parent) {
  if (!parent.uri) return false;
  auto const waiting = store::orphans_of(w, *parent.uri, adopted_max);
  if (waiting.empty()) return false;
  int adopted = 0;
  for (auto const& answer : store::posts_by_id(w, waiting)) {
    if (!may_join(w, answer, parent)) continue;
    store::join_thread(w, answer, parent);
    ++adopted;
    tell(w, Live::post_changed, answer.id.value);
  }
  store::forget_missing_parents(w, waiting);
  if (adopted > 0) {
    store::add_to_count(w, parent.id, store::PostCount::replies, adopted);
    tell(w, Live::post_counts, parent.id.value);
  }
  return std::ssize(waiting) == adopted_max;
}

}  // namespace posy::social
