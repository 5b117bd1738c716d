#include "text/html_guard.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "text/characters.hpp"

namespace posy::text {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
bool is_space(char c) {
  return is_html_space(static_cast<unsigned char>(c));
}
bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

bool is_void(std::string_view name) {
  constexpr std::array<std::string_view, 12> names = {"area",  "br",   "col",  "embed", "hr",     "img",
                                                      "input", "link", "meta", "param", "source", "wbr"};
  return std::ranges::any_of(names, [&](std::string_view known) { return same_name(name, known); });
}

// Behind the comment, doctype or other declaration that starts at `at` with "<!", "<?" or "</".
std::size_t skip_declaration(std::string_view html, std::size_t at) {
  bool is_comment = html.substr(at).starts_with("<!--");
  std::string_view closing = is_comment ? "-->" : ">";
  std::size_t end = html.find(closing, at + 2);
  return end == std::string_view::npos ? html.size() : end + closing.size();
}

std::string_view cut(std::string_view html) {
  if (html.size() <= html_input_bytes_max) return html;
  std::size_t size = html_input_bytes_max;
  while (size > 0 && (static_cast<unsigned char>(html[size]) & 0xc0) == 0x80) --size;
  return html.substr(0, size);
}

}  // namespace

bool read_html_tag(std::string_view html, std::size_t at, HtmlTag& tag) {
  std::size_t start = at;
  auto more = [&] { return at < html.size(); };
  while (more() && !is_space(html[at]) && html[at] != '/' && html[at] != '>') ++at;
  tag.name = html.substr(start, at - start);
  while (true) {
    while (more() && (is_space(html[at]) || html[at] == '/')) ++at;
    if (!more()) return false;
    if (html[at] == '>') break;
    ++tag.attributes;
    ++at;  // a name may begin with '='
    while (more() && !is_space(html[at]) && html[at] != '/' && html[at] != '>' && html[at] != '=') ++at;
    while (more() && is_space(html[at])) ++at;
    if (!more() || html[at] != '=') continue;
    ++at;
    while (more() && is_space(html[at])) ++at;
    if (!more()) return false;
    if (html[at] == '"' || html[at] == '\'') {
      std::size_t closing = html.find(html[at], at + 1);
      if (closing == std::string_view::npos) return false;
      at = closing + 1;
    } else {
      while (more() && !is_space(html[at]) && html[at] != '>') ++at;
    }
  }
  tag.end = at + 1;
  return true;
}

std::string guard_html(std::string_view html) {
  html = cut(html);
  std::string out;
  out.reserve(html.size());
  std::vector<std::string_view> open;
  std::size_t at = 0;
  while (at < html.size()) {
    std::size_t start = std::min(html.find('<', at), html.size());
    out.append(html, at, start - at);
    at = start;
    if (at + 1 >= html.size()) {  // nothing follows, or one last '<', which is text
      out += html.substr(at);
      break;
    }
    bool is_end = html[at + 1] == '/';
    std::size_t name = at + (is_end ? 2 : 1);
    char first = name < html.size() ? html[name] : '\0';
    if (!is_ascii_letter(static_cast<unsigned char>(first))) {
      bool is_declaration = is_end || first == '!' || first == '?';
      // A space stays behind, so that what stood around it cannot join into something new.
      out += is_declaration ? ' ' : '<';
      at = is_declaration ? skip_declaration(html, at) : at + 1;
      continue;
    }
    HtmlTag tag;
    if (!read_html_tag(html, name, tag)) break;
    at = tag.end;
    if (tag.attributes > html_attributes_max) {
      out += ' ';
      continue;
    }
    if (is_end) {
      if (!open.empty() && same_name(open.back(), tag.name)) open.pop_back();
    } else if (!is_void(tag.name)) {
      if (open.size() >= html_open_elements_max) break;
      open.push_back(tag.name);
    }
    out.append(html, start, tag.end - start);
  }
  return out;
}

}  // namespace posy::text
