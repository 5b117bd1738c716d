// Counts of posts (PostStats), and the two ways to change them; only post_counts.cpp needs this.
//
// On SQLite one unit writes at a time. On PostgreSQL thousands may favour one post at once, and each would wait for the
// commit of the one before it: whoever finds the row taken leaves a row of her own instead, and whoever finds it free
// takes in what was left there.
#pragma once

#include <vector>

#include "store/post.hpp"

namespace posy::store {

struct CountChange {
  RowId id;
  PostId post;
  std::int64_t replies = 0;
  std::int64_t boosts = 0;
  std::int64_t favourites = 0;
  std::int64_t quotes = 0;
};
BOOST_DESCRIBE_STRUCT(CountChange, (), (id, post, replies, boosts, favourites, quotes))

namespace sqlite {
void change_count(db::Writer& w, CountChange const& change);
}

namespace postgres {
void change_count(db::Writer& w, CountChange const& change);
void leave_count(db::Writer& w, CountChange const& change);
std::vector<CountChange> left_counts(db::Reader& r, std::vector<PostId> const& posts);
}  // namespace postgres

}  // namespace posy::store
