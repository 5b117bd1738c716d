// Deleting one's own posts.
#pragma once

#include "social/visibility.hpp"

namespace posy::social {

enum class KeepMedia { yes, no };  // yes: for "delete and redraft"; unused they go after a day

// Her own post or boost; anybody else's is not found.
void remove_post(db::Writer& w, AccountId who, PostId id, KeepMedia keep);
// Of an account elsewhere that is no more: some of its posts and boosts. True while there may be more: call until
// it is done, a unit of work each.
bool remove_some_posts(db::Writer& w, AccountId who);

}  // namespace posy::social
