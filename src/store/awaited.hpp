// Posts of other servers that answer something which is not known here yet, and the threads that become one when it
// comes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/post.hpp"

namespace posy::store {

struct Awaiting {
  PostId post;
  std::string parent;  // id of what it answers
};
BOOST_DESCRIBE_STRUCT(Awaiting, (), (post, parent))

void put_awaiting(db::Writer& w, Awaiting const& awaiting);
std::optional<Awaiting> find_awaiting(db::Reader& r, PostId post);
// Those that wait for this post, the oldest first.
std::vector<PostId> awaiting(db::Reader& r, std::string_view parent, int limit);
bool is_awaited(db::Reader& r, std::string_view parent);
void forget_awaiting(db::Writer& w, std::vector<PostId> const& posts);

// The post has a place now.
void set_parent(db::Writer& w, PostId post, Post const& parent, PostId thread);
// Some posts of one thread go over to another one; those.
std::vector<PostId> move_posts(db::Writer& w, PostId from, PostId to, int limit);
void copy_thread_mutes(db::Writer& w, PostId from, PostId to);

}  // namespace posy::store
