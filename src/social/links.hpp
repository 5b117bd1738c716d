// Links in posts: which posts lead to the same page.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::social {

constexpr std::size_t links_max = 20;  // of one post; further ones lead to no timeline

// The address as it is asked for: scheme and host in lower case and ASCII, without the usual port and the place on
// the page. Nothing for what is no web link to a host with a name.
std::optional<std::string> normal_link(std::string_view url);

// The same for two addresses of one page that differ only in the case and spelling of scheme and host, the
// usual port, an empty path or the place on the page (RFC 3986, section 6.2). Nothing for what is no web link
// to a host with a name.
std::optional<std::string> link_key(std::string_view url);

// The post now leads to these pages and no others.
void set_links(db::Writer& w, PostId post, std::vector<std::string> const& urls);

}  // namespace posy::social
