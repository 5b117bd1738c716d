// Makes the HTML of strangers digestible for the parser, whose time and memory grow with the square of
// nesting depth and of attributes in one tag (gumbo 0.10: 100 kB of "<div>" take over a minute).
#pragma once

#include <string>
#include <string_view>

namespace posy::text {

constexpr std::size_t html_input_bytes_max = 1 << 20;
constexpr std::size_t html_open_elements_max = 120;
constexpr std::size_t html_attributes_max = 32;  // in one tag

// The same HTML without comments and doctypes and without tags of too many attributes, cut off where it
// gets too long or too deep. The nesting is counted so that no parser can see more of it than we do: an
// end tag counts only when it answers the very last open start tag.
std::string guard_html(std::string_view html);

// The start or end tag whose name begins at `at`, by the attribute states of the HTML standard (13.2.5.32 to 39).
// False when the input ends inside of it.
struct HtmlTag {
  std::string_view name;
  std::size_t attributes = 0;
  std::size_t end = 0;  // behind the '>'
};
bool read_html_tag(std::string_view html, std::size_t at, HtmlTag& tag);

}  // namespace posy::text
