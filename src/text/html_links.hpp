// The links that somebody elsewhere put into a post.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace posy::text {

// The web links in clean HTML (sanitize_html), each once and in order, at most `links_max`. Left out are links to
// people and tags, and what stands in for a quote for those who cannot show one.
std::vector<std::string> links_in_html(std::string_view html, std::size_t links_max);

}  // namespace posy::text
