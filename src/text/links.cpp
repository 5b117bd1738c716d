#include "text/links.hpp"

#include <algorithm>

#include "text/characters.hpp"

namespace posy::text {
namespace {

constexpr std::size_t shown_characters_max = 30;

bool is_blank(char c) {
  auto byte = static_cast<unsigned char>(c);
  return byte <= ' ' || byte == 0x7f;
}

// `prefix` is in lower case.
bool starts_with(std::string_view text, std::string_view prefix) {
  return std::ranges::equal(text.substr(0, prefix.size()), prefix, [](char c, char wanted) {
    return (c >= 'A' && c <= 'Z' ? c + 32 : c) == wanted;
  });
}

}  // namespace

bool is_web_link(std::string_view link) {
  return starts_with(link, "http://") || starts_with(link, "https://");
}

std::optional<std::string> safe_link(std::string_view target) {
  while (!target.empty() && is_blank(target.front())) target.remove_prefix(1);
  while (!target.empty() && is_blank(target.back())) target.remove_suffix(1);
  if (target.empty() || target.size() > link_bytes_max) return {};
  std::string link;
  std::size_t at = 0;
  while (at < target.size()) {
    std::size_t start = at;
    char32_t c = next_character(target, at);
    // Browsers ignore newlines and tabs inside of addresses; other controls have no business there.
    if (c == '\n' || c == '\t' || is_unwanted(c)) continue;
    if (c == ' ')
      link += "%20";
    else
      link.append(target, start, at - start);
  }
  std::size_t scheme = link.find(':') + 1;
  if (is_web_link(link))
    scheme += 2;
  else if (!starts_with(link, "mailto:"))
    return {};
  if (link.size() == scheme) return {};
  return link;
}

std::string outside_link_attributes(std::string_view link) {
  std::string attributes;
  append_attribute(attributes, "href", link);
  attributes += R"( target="_blank" rel="nofollow noopener")";
  return attributes;
}

void write_shortened_link(HtmlWriter& writer, std::string_view link) {
  std::size_t scheme = link.find("//") + 2;
  if (starts_with(link.substr(scheme), "www.")) scheme += 4;
  // A slash that is the whole path says nothing.
  std::size_t end = link.size();
  if (link.find_first_of("/?#", scheme) == end - 1 && link.back() == '/') --end;
  std::size_t shown = scheme;
  for (std::size_t i = 0; i < shown_characters_max && shown < end; ++i) next_character(link, shown);

  auto part = [&](std::string_view kind, std::string_view text) {
    std::string attributes;
    if (!kind.empty()) append_attribute(attributes, "class", kind);
    writer.enter(Element::span, std::move(attributes));
    writer.text(text);
    writer.leave();
  };
  writer.enter(Element::a, outside_link_attributes(link) + R"( translate="no")");
  part("invisible", link.substr(0, scheme));
  part(shown < end ? "ellipsis" : "", link.substr(scheme, shown - scheme));
  part("invisible", link.substr(shown));
  writer.leave();
}

}  // namespace posy::text
