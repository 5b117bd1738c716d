// Publishing: a draft becomes a post, and everybody whom it concerns hears of it.
#pragma once

#include "social/draft.hpp"

namespace posy::social {

// Publishes once for each idempotency key: the second time answers with the first post.
store::Post publish(db::Writer& w, Site const& site, Draft const& draft);

}  // namespace posy::social
