// What is left of a deleted post of this server, so that other servers hear of it, also those that ask later.
#pragma once

#include <optional>
#include <string>

#include "store/post.hpp"

namespace posy::store {

struct Tombstone {
  PostId post;
  AccountId author;
  Visibility visibility = Visibility::everyone;  // that the post had
  Time deleted_at;
  std::string inboxes;  // of those elsewhere who have it besides the followers, one a line
  bool to_followers = true;  // it went to all followers too
};
BOOST_DESCRIBE_STRUCT(Tombstone, (), (post, author, visibility, deleted_at, inboxes, to_followers))

std::optional<Tombstone> find_tombstone(db::Reader& r, PostId post);
// To be called while the post is there.
void leave_tombstone(db::Writer& w, Post const& post);

}  // namespace posy::store
