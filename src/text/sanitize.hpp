// The HTML of strangers, made safe to show.
#pragma once

#include <string>
#include <string_view>

namespace posy::text {

// Keeps text structure, emphasis, links, mentions and tags (the elements of html_writer.hpp); everything
// else shows only its content, and scripts, styles and embedded documents disappear with theirs. Links
// keep http, https and mailto targets and always get rel="nofollow noopener". Pictures become links.
// Cleaning what is already clean changes nothing. Input beyond the limits of html_guard.hpp is cut off;
// what would still need absurd memory gives an empty string.
std::string sanitize_html(std::string_view html);

}  // namespace posy::text
