// What people write, made to stand inside a page.
#pragma once

#include <string>
#include <string_view>

#include "pages/emoji.hpp"

namespace posy::pages {

// Clean HTML by somebody from `domain`, with custom emoji. Its headings stand below the heading of the page:
// <h1> becomes <h2>, and so on; <h6> stays.
std::string prose(Emoji const& emoji, std::string_view domain, std::string html);

}  // namespace posy::pages
