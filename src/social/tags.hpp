// What a person does with hashtags: follows them, shows them on her profile.
#pragma once

#include <string_view>
#include <vector>

#include "store/tag_follow.hpp"

namespace posy::social {

// With or without '#': what a post would take for a hashtag.
bool is_hashtag(std::string_view name);

// The tag of that name in any spelling, without '#'; not_found when it cannot be a hashtag. One that nobody
// used yet has no id.
store::Tag find_tag(db::Reader& r, std::string_view name);
// The same, and it is there from now on.
store::Tag find_or_add_tag(db::Writer& w, std::string_view name);

store::Tag follow_tag(db::Writer& w, AccountId who, std::string_view name);
store::Tag unfollow_tag(db::Writer& w, AccountId who, std::string_view name);

// unprocessable when it cannot be a hashtag, or when too many are featured already. Twice is once.
store::FeaturedTag feature_tag(db::Writer& w, AccountId who, std::string_view name);
void unfeature_tag(db::Writer& w, AccountId who, std::string_view name);
void unfeature_tag(db::Writer& w, AccountId who, RowId featured);  // not_found when it is not hers

}  // namespace posy::social
