#include "store/post_counts.hpp"

namespace posy::store::postgres {
namespace {

// False when somebody has the row.
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

void change_count(db::Writer& w, CountChange const& change) {
  if (!change_if_free(w, change)) leave_count(w, change);
}

void leave_count(db::Writer& w, CountChange const& change) {
  // The post may be gone.
  w.run(R"sql(
      insert into post_count_change (id, post, replies, boosts, favourites, quotes)
      select cast($1 as bigint), post, cast($3 as bigint), cast($4 as bigint), cast($5 as bigint), cast($6 as bigint)
      from post_stats where post = $2
  )sql",
        w.make_id<RowId>(), change.post, change.replies, change.boosts, change.favourites, change.quotes);
}

std::vector<CountChange> left_counts(db::Reader& r, std::vector<PostId> const& posts) {
  return r.all<CountChange>("select :row from post_count_change where post in ids($1)", posts);
}

}  // namespace posy::store::postgres
