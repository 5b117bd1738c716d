// Counts of posts (PostStats). On SQLite one unit writes at a time. On PostgreSQL thousands may favour one post at once,
// and each would wait for the commit of the one before it: whoever finds the row taken leaves a row of her own instead,
// and whoever finds it free takes in what was left there.
#include <algorithm>

#include "store/post.hpp"

namespace posy::store {
namespace {

struct CountChange {
  RowId id;
  PostId post;
  std::int64_t replies = 0;
  std::int64_t boosts = 0;
  std::int64_t favourites = 0;
  std::int64_t quotes = 0;
};
BOOST_DESCRIBE_STRUCT(CountChange, (), (id, post, replies, boosts, favourites, quotes))

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

// A count that was already wrong (rows of another server's past) must not become negative.
void change_alone(db::Writer& w, CountChange const& change) {
  w.run(R"sql(
      update post_stats set
        replies = case when replies + $2 < 0 then 0 else replies + $2 end,
        boosts = case when boosts + $3 < 0 then 0 else boosts + $3 end,
        favourites = case when favourites + $4 < 0 then 0 else favourites + $4 end,
        quotes = case when quotes + $5 < 0 then 0 else quotes + $5 end
      where post = $1
  )sql",
        change.post, change.replies, change.boosts, change.favourites, change.quotes);
}

// PostgreSQL's. False when somebody has the row.
bool change_if_free(db::Writer& w, CountChange const& change) {
  return w.run(R"sql(
      with free as (select post from post_stats where post = $1 for update skip locked),
      taken as (
        delete from post_count_change where post = $1 and exists (select 1 from free)
        returning replies, boosts, favourites, quotes),
      added as (
        select coalesce(sum(replies), 0) as replies, coalesce(sum(boosts), 0) as boosts,
               coalesce(sum(favourites), 0) as favourites, coalesce(sum(quotes), 0) as quotes
        from taken)
      update post_stats s set
        replies = greatest(0, s.replies + $2 + a.replies), boosts = greatest(0, s.boosts + $3 + a.boosts),
        favourites = greatest(0, s.favourites + $4 + a.favourites), quotes = greatest(0, s.quotes + $5 + a.quotes)
      from free f, added a where s.post = f.post
  )sql",
               change.post, change.replies, change.boosts, change.favourites, change.quotes) > 0;
}

}  // namespace

void add_to_count(db::Writer& w, PostId post, PostCount count, int change) {
  auto const row = change_of(post, count, change);
  if (w.engine() == db::Engine::sqlite) return change_alone(w, row);
  if (!change_if_free(w, row)) leave_count(w, post, count, change);
}

void leave_count(db::Writer& w, PostId post, PostCount count, int change) {
  auto const row = change_of(post, count, change);
  // The post may be gone.
  w.run(R"sql(
      insert into post_count_change (id, post, replies, boosts, favourites, quotes)
      select cast($1 as bigint), post, cast($3 as bigint), cast($4 as bigint), cast($5 as bigint), cast($6 as bigint)
      from post_stats where post = $2
  )sql",
        w.make_id<RowId>(), row.post, row.replies, row.boosts, row.favourites, row.quotes);
}

std::vector<PostStats> post_stats(db::Reader& r, std::vector<PostId> const& ids) {
  if (ids.empty()) return {};
  auto out = r.all<PostStats>("select :row from post_stats where post in ids($1)", ids);
  if (r.engine() == db::Engine::sqlite) return out;
  for (auto const& change : r.all<CountChange>("select :row from post_count_change where post in ids($1)", ids)) {
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
