#include "text/alternate_link.hpp"

#include <algorithm>

#include "text/characters.hpp"
#include "text/html_walk.hpp"
#include "text/page_head.hpp"
#include "text/page_metadata.hpp"

namespace posy::text {
namespace {

constexpr std::size_t attribute_bytes_max = 2048;

std::string lower(std::string_view text) {
  std::string out(text.substr(0, attribute_bytes_max));
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

bool has_alternate(std::string_view words) {
  auto relation = lower(words);
  for (std::size_t at = 0; at < relation.size();) {
    std::size_t end = std::min(relation.find_first_of(" \t\n\r\f", at), relation.size());
    if (std::string_view(relation).substr(at, end - at) == "alternate") return true;
    at = end + 1;
  }
  return false;
}

bool is_activity_type(std::string_view type) {
  auto name = lower(type);
  if (name.starts_with("application/activity+json")) return true;
  return name.starts_with("application/ld+json") && name.find("www.w3.org/ns/activitystreams") != name.npos;
}

class LinkReader : public HtmlVisitor {
 public:
  void enter(GumboElement const& element) override {
    if (element.tag != GUMBO_TAG_LINK || !found.empty()) return;
    if (!has_alternate(find_attribute(element, "rel").value_or(""))) return;
    if (!is_activity_type(find_attribute(element, "type").value_or(""))) return;
    auto href = find_attribute(element, "href").value_or("");
    while (!href.empty() && is_html_space(static_cast<unsigned char>(href.front()))) href.remove_prefix(1);
    while (!href.empty() && is_html_space(static_cast<unsigned char>(href.back()))) href.remove_suffix(1);
    if (href.size() <= attribute_bytes_max) found = href;
  }
  void leave(GumboElement const&) override {}
  void text(std::string_view) override {}

  std::string found;
};

}  // namespace

std::string alternate_activity(std::string_view html) {
  LinkReader reader;
  if (!walk_html(flatten_page_head(html.substr(0, page_bytes_max)), reader)) return {};
  return std::move(reader.found);
}

}  // namespace posy::text
