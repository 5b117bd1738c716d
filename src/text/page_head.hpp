// The few tags of a page that say what it is, out of all the rest that comes with them. Private to text/.
#pragma once

#include <string>
#include <string_view>

namespace posy::text {

constexpr std::size_t page_tags_max = 500;
constexpr std::size_t page_head_bytes_max = 256 << 10;

// `<meta>` and `<link>` tags only, in a row, so that the parser has no nesting to follow: the title has become
// `<meta name="posy:title" content="...">`, the tag of the page itself `<meta name="posy:html" ...>`. Nothing behind
// the beginning of the body is looked at, where strangers may have written.
std::string flatten_page_head(std::string_view html);

}  // namespace posy::text
