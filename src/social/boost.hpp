// Boosts: showing a post to one's own followers. One person boosts one post once.
#pragma once

#include <optional>

#include "social/visibility.hpp"

namespace posy::social {

// The boost, the existing one when there is one. Without a visibility the person's own preference counts; a
// followers-only post stays one. Boosting a boost boosts the original.
store::Post boost(db::Writer& w, AccountId who, PostId id, std::optional<store::Visibility> visibility = {});
// `id` is the post or any boost of it. Returns the post.
store::Post unboost(db::Writer& w, AccountId who, PostId id);

}  // namespace posy::social
