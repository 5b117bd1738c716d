// Which posts lead to a page. A page is known by a key made of its address (social/links.hpp), for addresses
// are too long for an index.
#pragma once

#include <string>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

// One row each: for the few links of one post.
void insert_post_links(db::Writer& w, PostId post, std::vector<std::string> const& keys);
void delete_post_links(db::Writer& w, PostId post);

}  // namespace posy::store
