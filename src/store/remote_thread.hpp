// Where the rest of a thread is: the collections that posts elsewhere name, and the pages of those that ours have.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/post.hpp"

namespace posy::store {

struct RemoteThread {
  PostId post;
  std::string replies;  // id of the collection of what answers it; empty: none
  std::string context;  // id of the collection of the whole thread; empty: none
};
BOOST_DESCRIBE_STRUCT(RemoteThread, (), (post, replies, context))

void put_remote_thread(db::Writer& w, RemoteThread const& links);
std::optional<RemoteThread> find_remote_thread(db::Reader& r, PostId post);

struct ThreadLink {
  PostId post;
  std::string uri;  // of the post
  std::string replies;
};
BOOST_DESCRIBE_STRUCT(ThreadLink, (), (post, uri, replies))
// Of posts of a thread elsewhere that have replies to be asked for: the newest.
std::vector<ThreadLink> thread_links(db::Reader& r, PostId thread, int limit);

// What anybody may see of a thread and of the answers to a post: those after `after`, oldest first.
std::vector<Post> open_posts_of_thread(db::Reader& r, PostId thread, PostId after, int limit);
std::vector<Post> open_replies(db::Reader& r, PostId post, PostId after, int limit);

}  // namespace posy::store
