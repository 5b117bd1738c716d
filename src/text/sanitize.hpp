// The HTML of strangers, made safe to show.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace posy::text {

// Keeps text structure, emphasis, links, mentions and tags (the elements of html_writer.hpp); everything
// else shows only its content, and scripts, styles and embedded documents disappear with theirs. Links
// keep http, https and mailto targets and always get rel="nofollow noopener". Pictures become links.
// Cleaning what is already clean changes nothing. Input beyond the limits of html_guard.hpp is cut off;
// what would still need absurd memory gives an empty string.
std::string sanitize_html(std::string_view html);

// A picture of a text that may show pictures, such as of an article.
struct HtmlPicture {
  std::string address;      // http or https
  std::string description;  // of its own words
};
// What stands in place of its address, which is never written; nothing: it becomes a link. Pictures that nobody could
// see, of a few pixels, are asked about by nobody and left out: they are there to count readers.
using ShowPicture = std::function<std::optional<std::string>(HtmlPicture const&)>;
std::string sanitize_html(std::string_view html, ShowPicture const& show);

}  // namespace posy::text
