// Which post a page is about.
#pragma once

#include <string>
#include <string_view>

#include "http/request.hpp"
#include "serving/changes.hpp"
#include "social/site.hpp"
#include "store/post.hpp"

namespace posy::pages {

using serving::Shows;

struct AskedPost {
  std::string name;  // folded
  PostId id;
};
// From the parameters :name and :id; not_found when the latter is no id.
AskedPost post_of(http::Request const& request);

// The post of that person of this server, if visitors may see it; else refuses with not_found or gone.
store::Post find_post(db::Reader& r, Shows& shows, std::string_view name, PostId id);
// Where the original of a boost is.
std::string boosted_url(db::Reader& r, social::Site const& site, store::Post const& boost);

}  // namespace posy::pages
