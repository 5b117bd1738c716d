// Custom emoji shortcodes (":blobcat:") and Unicode emoji.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace posy::text {

// Distinct names without their colons, in order: two or more of a-z, A-Z, 0-9, underscore, and no letter,
// digit or colon right outside. Of HTML the tags are skipped.
std::vector<std::string> find_shortcodes(std::string_view html_or_text);
// Whether this is exactly one emoji that people know how to draw, such as a flag or a family.
bool is_single_emoji(std::string_view text);

}  // namespace posy::text
