// Answers that came before what they answer: they join its thread when it comes.
#pragma once

#include "store/post.hpp"

namespace posy::social {

// `parent` has become known. What waits for it joins its thread, some at a time; true when there may be more, which are
// to be asked for again. What it may not answer, and what is a thread of its own by now that is too long to be moved,
// stays where it is.
bool adopt_some(db::Writer& w, store::Post const& parent);

}  // namespace posy::social
