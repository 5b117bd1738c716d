// Favourites: one person marking one post as liked. Twice is the same as once.
#pragma once

#include "social/visibility.hpp"

namespace posy::social {

// The post that was meant: favouriting a boost favourites what it boosts.
store::Post favourite(db::Writer& w, AccountId who, PostId id);
// Also for a post that she may no longer see: what she gave she may take back.
store::Post unfavourite(db::Writer& w, AccountId who, PostId id);

}  // namespace posy::social
