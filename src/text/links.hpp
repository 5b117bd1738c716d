// The targets of links, and how links look in a post.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text/html_writer.hpp"

namespace posy::text {

constexpr std::size_t link_bytes_max = 4096;

// The target if following it can do no more than open a page or a mail program: http, https, mailto.
// Spaces and controls around it are dropped, spaces inside become "%20".
std::optional<std::string> safe_link(std::string_view target);
bool is_web_link(std::string_view link);

// Attributes of a link that opens a page somewhere else.
std::string outside_link_attributes(std::string_view link);
// The link with its own address as text: scheme and all beyond 30 characters are kept for copying but
// marked as not to be shown (classes `invisible` and `ellipsis`).
void write_shortened_link(HtmlWriter& writer, std::string_view link);

}  // namespace posy::text
