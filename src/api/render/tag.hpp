// Tag rows to Tag and FeaturedTag entities, a page at a time.
#pragma once

#include <vector>

#include "api/entities/tag.hpp"
#include "social/site.hpp"
#include "social/visibility.hpp"
#include "store/tag_follow.hpp"

namespace posy::api {

// In the order given. A tag that nobody used yet (no id) has an empty history.
std::vector<entities::Tag> make_tags(db::Reader& r, social::Site const& site, social::Viewer viewer,
                                     std::vector<store::Tag> const& tags);
// Those that are there.
std::vector<entities::Tag> make_tags(db::Reader& r, social::Site const& site, social::Viewer viewer,
                                     std::vector<TagId> const& ids);
entities::Tag make_tag(db::Reader& r, social::Site const& site, social::Viewer viewer, store::Tag const& tag);
// Of one account, in the order given.
std::vector<entities::FeaturedTag> make_featured_tags(db::Reader& r, social::Site const& site,
                                                      AccountId owner,
                                                      std::vector<store::FeaturedTag> const& featured);

}  // namespace posy::api
