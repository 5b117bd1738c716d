#include "text/html_links.hpp"

#include <algorithm>

#include "text/html_walk.hpp"
#include "text/links.hpp"

namespace posy::text {
namespace {

bool has_word(GumboElement const& element, char const* attribute, std::string_view wanted) {
  std::string_view words = find_attribute(element, attribute).value_or("");
  for (std::size_t at = 0; at < words.size();) {
    std::size_t end = std::min(words.find(' ', at), words.size());
    if (words.substr(at, end - at) == wanted) return true;
    at = end + 1;
  }
  return false;
}

class LinkFinder : public HtmlVisitor {
 public:
  explicit LinkFinder(std::size_t links_max) : links_max_(links_max) {}

  void enter(GumboElement const& element) override {
    if (quote_depth_ > 0 || has_word(element, "class", "quote-inline")) ++quote_depth_;
    if (quote_depth_ > 0 || element.tag != GUMBO_TAG_A || links.size() >= links_max_) return;
    for (std::string_view word : {"mention", "hashtag", "u-url"})
      if (has_word(element, "class", word)) return;
    if (has_word(element, "rel", "tag")) return;
    auto link = safe_link(find_attribute(element, "href").value_or(""));
    if (link && is_web_link(*link) && std::ranges::find(links, *link) == links.end()) links.push_back(*link);
  }
  void leave(GumboElement const&) override {
    if (quote_depth_ > 0) --quote_depth_;
  }
  void text(std::string_view) override {}

  std::vector<std::string> links;

 private:
  std::size_t links_max_;
  int quote_depth_ = 0;
};

}  // namespace

std::vector<std::string> links_in_html(std::string_view html, std::size_t links_max) {
  LinkFinder finder(links_max);
  if (!walk_html(html, finder)) return {};
  return std::move(finder.links);
}

}  // namespace posy::text
