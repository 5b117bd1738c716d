// Posts elsewhere that answer a post which was not known here when they came.
#pragma once

#include <string_view>
#include <vector>

#include "store/post.hpp"

namespace posy::store {

void put_missing_parent(db::Writer& w, PostId post, std::string_view parent);
// Those that answer the post with this id, oldest first.
std::vector<PostId> orphans_of(db::Reader& r, std::string_view parent, int limit);
void forget_missing_parents(db::Writer& w, std::vector<PostId> const& posts);

// Whether a thread has more than `most` posts.
bool is_longer(db::Reader& r, PostId thread, int most);
// The first post of a thread answers `parent` now, and its thread is a part of that one's.
void join_thread(db::Writer& w, Post const& first, Post const& parent);

}  // namespace posy::store
