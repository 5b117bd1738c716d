#include "store/post_counts.hpp"

namespace posy::store::sqlite {

// A count that was already wrong (rows of another server's past) must not become negative.
void change_count(db::Writer& w, CountChange const& change) {
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

}  // namespace posy::store::sqlite
