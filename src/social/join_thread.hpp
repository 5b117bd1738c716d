// Posts of other servers that came before what they answer: they find their place when that comes.
//
// A stranger's server may have let any number of posts wait for one: each unit of work places some of them, and jobs
// do the rest.
#pragma once

#include "store/post.hpp"

namespace posy::social {

// What waits for this post, which is new here, answers it from now on.
void place_waiting(db::Writer& w, store::Post const& parent);

// Some of what is left of that, and of the posts of a thread whose first post has found its place: true when there may
// be more.
bool place_some_waiting(db::Writer& w, PostId parent);
bool move_some_of_thread(db::Writer& w, PostId first);

// The first post of the thread of this one, also while its posts are on their way from one thread to another.
PostId thread_of(db::Reader& r, store::Post const& post);

}  // namespace posy::social
