#include "pages/prose.hpp"

namespace posy::pages {
namespace {

// Clean HTML has "<h1" in tags only: in text and in attributes it is escaped.
void lower_headings(std::string& html) {
  for (auto at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) {
    auto name = at + 1;
    if (name < html.size() && html[name] == '/') ++name;
    if (name + 1 >= html.size() || html[name] != 'h') continue;
    char& level = html[name + 1];
    if (level >= '1' && level <= '5') ++level;
  }
}

}  // namespace

std::string prose(Emoji const& emoji, std::string_view domain, std::string html) {
  lower_headings(html);
  return emoji.put_in(domain, std::move(html));
}

}  // namespace posy::pages
