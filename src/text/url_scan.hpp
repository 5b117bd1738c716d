// Where a URL in running text ends. Nobody marks it, so this is a matter of good guesses.
#pragma once

#include <cstddef>
#include <string_view>

namespace posy::text {

// Behind the URL that starts at `at` after the character `before`, or zero when there is none.
std::size_t url_end(std::string_view text, std::size_t at, char32_t before);

}  // namespace posy::text
