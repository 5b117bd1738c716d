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

// Of somebody elsewhere, as her server tells: her own posts that nobody needs permission for. What there is no room for
// is left out, and nobody is told.
void keep_pin(db::Writer& w, AccountId who, PostId id);
void drop_pin(db::Writer& w, AccountId who, PostId id);
void keep_pins(db::Writer& w, AccountId who, std::vector<PostId> const& posts);  // these and no others

// No notifications from the thread of this post.
store::Post mute_thread(db::Writer& w, AccountId who, PostId id);
store::Post unmute_thread(db::Writer& w, AccountId who, PostId id);

}  // namespace posy::social
