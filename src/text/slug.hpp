// Titles as they stand in addresses.
#pragma once

#include <string>
#include <string_view>

namespace posy::text {

constexpr std::size_t slug_bytes_max = 80;

// "Über die Gärten: eine Reise" is "uber-die-garten-eine-reise"; other scripts are put into Latin letters. Cut off at
// a word where it would get too long. Empty when nothing remains.
std::string make_slug(std::string_view title);

// a-z, 0-9 and single hyphens between them; with a letter, so that it is no number.
bool is_slug(std::string_view slug);

}  // namespace posy::text
