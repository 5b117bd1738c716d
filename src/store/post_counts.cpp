#include "store/post_counts.hpp"

#include <algorithm>

namespace posy::store {
namespace {

CountChange change_of(PostId post, PostCount count, int by) {
  CountChange out{.id = {}, .post = post};
  switch (count) {
    case PostCount::replies: out.replies = by; break;
    case PostCount::boosts: out.boosts = by; break;
    case PostCount::favourites: out.favourites = by; break;
    case PostCount::quotes: out.quotes = by; break;
  }
  return out;
}

}  // namespace

void add_to_count(db::Writer& w, PostId post, PostCount count, int change) {
  auto const row = change_of(post, count, change);
  if (w.engine() == db::Engine::sqlite)
    sqlite::change_count(w, row);
  else
    postgres::change_count(w, row);
}

void leave_count(db::Writer& w, PostId post, PostCount count, int change) {
  postgres::leave_count(w, change_of(post, count, change));
}

std::vector<PostStats> post_stats(db::Reader& r, std::vector<PostId> const& ids) {
  if (ids.empty()) return {};
  auto out = r.all<PostStats>("select :row from post_stats where post in ids($1)", ids);
  if (r.engine() == db::Engine::sqlite) return out;
  for (auto const& change : postgres::left_counts(r, ids)) {
    auto stats = std::ranges::find(out, change.post, &PostStats::post);
    if (stats == out.end()) continue;
    stats->replies += change.replies;
    stats->boosts += change.boosts;
    stats->favourites += change.favourites;
    stats->quotes += change.quotes;
  }
  for (auto& stats : out)
    for (auto* count : {&stats.replies, &stats.boosts, &stats.favourites, &stats.quotes})
      *count = std::max<std::int64_t>(*count, 0);
  return out;
}

}  // namespace posy::store
