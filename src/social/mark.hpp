// What a person does with a post for herself: bookmark it, pin it to her profile, mute its thread.
#pragma once

#include "social/site.hpp"
#include "social/visibility.hpp"

namespace posy::social {

store::Post bookmark(db::Writer& w, AccountId who, PostId id);
store::Post unbookmark(db::Writer& w, AccountId who, PostId id);

// Her own posts only, so many as the site allows.
store::Post pin(db::Writer& w, Site const& site, AccountId who, PostId id);
store::Post unpin(db::Writer& w, AccountId who, PostId id);

// No notifications from the thread of this post.
store::Post mute_thread(db::Writer& w, AccountId who, PostId id);
store::Post unmute_thread(db::Writer& w, AccountId who, PostId id);

}  // namespace posy::social
