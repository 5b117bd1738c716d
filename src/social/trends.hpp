// What is talked about on this server and by those whom its people follow: found by counting what is here,
// and nothing is promoted.
#pragma once

#include <vector>

#include "social/visibility.hpp"

namespace posy::social {

// Both walk through the posts of some days (store/trend.hpp): for read_long, and to be kept for a while. The
// strongest first, trends_max at most.
constexpr int trends_max = 100;
std::vector<TagId> trending_tags(db::Reader& r);
// One post an author; what people liked a day ago needs twice as many to stand beside what they like now.
std::vector<PostId> trending_posts(db::Reader& r);

// Without those that the viewer does not want to see, in the same order.
std::vector<PostId> without_hidden(db::Reader& r, Viewer viewer, std::vector<PostId> const& posts);

}  // namespace posy::social
