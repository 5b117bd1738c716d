// What many people write about and like at the moment. Each looks through the newest public posts, so many at
// most: for read_long, and to be kept for a while by whoever asks.
//
// Only people who want to be found count, and posts that need no warning; replies to others never do, so that
// a quarrel is no trend.
#pragma once

#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

struct TrendSpan {
  Time since;
  int posts_max = 0;  // looked at, the newest
};

// Tags that at least `people_min` people used, by their number.
std::vector<TagId> busiest_tags(db::Reader& r, TrendSpan const& span, int people_min, int limit);

struct LikedPost {
  PostId post;
  AccountId author;
  std::int64_t marks = 0;  // favourites and boosts
};
BOOST_DESCRIBE_STRUCT(LikedPost, (), (post, author, marks))

// Posts with at least `marks_min`, the most liked first.
std::vector<LikedPost> most_liked_posts(db::Reader& r, TrendSpan const& span, int marks_min, int limit);

}  // namespace posy::store
