// Text without markup: for search, previews and titles, and for counting.
#pragma once

#include <string>
#include <string_view>

namespace posy::text {

// The readable text of any HTML. A line break is a newline, a paragraph ends with an empty line, white
// space is joined as a browser would.
std::string html_to_text(std::string_view html);

// At most this many characters as people see them (grapheme clusters); a text that was cut ends in "…",
// which counts.
std::string truncate(std::string_view text, std::size_t characters);

// The length of a post's source: grapheme clusters, where every link counts 23 and "@user@domain" counts
// as "@user".
std::size_t count_characters(std::string_view source);

}  // namespace posy::text
