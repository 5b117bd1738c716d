// Full text of posts: SQLite's FTS5, PostgreSQL's tsvector. Words match from their beginning ("gard" finds
// "garden"), whatever their case.
//
// A search finds only what concerns the reader: what she wrote, favourited, bookmarked or boosted, or was
// mentioned in. Whether she may still see it is for the caller to ask (social/visibility.hpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"
#include "store/page.hpp"

namespace posy::store {

constexpr std::size_t searched_bytes_max = 64 << 10;  // of a post; what stands behind is not found

void index_new_post(db::Writer& w, PostId post, std::string_view text);
void index_changed_post(db::Writer& w, PostId post, std::string_view text);
void remove_from_index(db::Writer& w, PostId post);

struct PostSearch {
  std::vector<std::string> words;  // all must be there; one with spaces is a phrase (text/search.hpp)
  AccountId reader;
  AccountId author;  // only posts of this one; none: of anybody
};
std::vector<PostId> search_posts(db::Reader& r, PostSearch const& search, Page const& page);

}  // namespace posy::store
