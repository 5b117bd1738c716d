#include "social/article_pictures.hpp"

#include <algorithm>
#include <charconv>

#include "base/encoding.hpp"

namespace posy::social {
namespace {

// Clean HTML has this in pictures only: in text and in attributes "<" is escaped.
constexpr std::string_view beginning = "<img src=\"picture:";

}  // namespace

std::string picture_mark(std::size_t index) { return "picture:" + std::to_string(index); }

std::string place_pictures(std::string html, std::vector<std::string> const& pictures,
                           std::vector<store::Media> const& media, Site const& site) {
  std::string out;
  std::size_t done = 0;
  for (auto at = html.find(beginning); at != html.npos; at = html.find(beginning, at + 1)) {
    auto number = at + beginning.size();
    std::size_t index = 0;
    auto [end, error] = std::from_chars(html.data() + number, html.data() + html.size(), index);
    if (error != std::errc{} || index >= pictures.size()) continue;
    auto is_it = [&](store::Media const& one) {
      return one.kind == store::MediaKind::image && one.remote_url == pictures[index];
    };
    auto found = std::ranges::find_if(media, is_it);
    if (found == media.end()) continue;
    out.append(html, done, at - done).append("<img src=\"").append(escape_html(site.media_url(*found)));
    done = static_cast<std::size_t>(end - html.data());
  }
  return out.append(html, done, html.npos);
}

}  // namespace posy::social
