#include "text/page_head.hpp"

#include <algorithm>

#include "text/characters.hpp"
#include "text/html_guard.hpp"

namespace posy::text {
namespace {

constexpr std::size_t title_bytes_max = 8 << 10;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

// Elements whose content is text to the parser of a page, however much it looks like tags.
bool holds_text(std::string_view name) {
  constexpr std::string_view names[] = {"title",  "script",  "style",    "textarea",
                                        "iframe", "noembed", "noframes", "xmp"};
  return std::ranges::any_of(names, [&](std::string_view known) { return same_name(name, known); });
}

// Where the end tag of such an element begins, or the end of the page.
std::size_t find_end_tag(std::string_view html, std::size_t at, std::string_view name) {
  while (true) {
    at = html.find("</", at);
    if (at == html.npos) return html.size();
    std::string_view rest = html.substr(at + 2);
    bool ends = rest.size() <= name.size() || is_html_space(static_cast<unsigned char>(rest[name.size()])) ||
                rest[name.size()] == '>' || rest[name.size()] == '/';
    if (same_name(rest.substr(0, name.size()), name) && ends) return at;
    at += 2;
  }
}

std::size_t skip_declaration(std::string_view html, std::size_t at) {
  std::string_view closing = html.substr(at).starts_with("<!--") ? "-->" : ">";
  auto end = html.find(closing, at + 2);
  return end == html.npos ? html.size() : end + closing.size();
}

void append_quoted(std::string& out, std::string_view text) {
  for (char c : text) {
    if (c == '"') out += "&quot;";
    else out += c;
  }
}

class Flattener {
 public:
  std::string run(std::string_view html) {
    html_ = html;
    std::size_t at = 0;
    while (tags_ < page_tags_max && out_.size() < page_head_bytes_max) {
      at = html.find('<', at);
      if (at == html.npos || at + 1 >= html.size()) break;
      char next = html[at + 1];
      if (next == '!' || next == '?' || next == '/') {
        at = skip_declaration(html, at);
      } else if (!is_ascii_letter(static_cast<unsigned char>(next))) {
        ++at;
      } else if (!read_tag(at)) {
        break;
      }
    }
    return std::move(out_);
  }

 private:
  // `at` moves behind the tag and what it holds. False where the part of the page ends that counts.
  bool read_tag(std::size_t& at) {
    HtmlTag tag;
    if (!read_html_tag(html_, at + 1, tag) || same_name(tag.name, "body")) return false;
    std::string_view whole = html_.substr(at, tag.end - at);
    at = tag.end;
    bool fits = out_.size() + whole.size() <= page_head_bytes_max;
    if (fits && (same_name(tag.name, "meta") || same_name(tag.name, "link"))) {
      out_ += whole;
      ++tags_;
    } else if (fits && same_name(tag.name, "html")) {
      out_ += "<meta name=\"posy:html\" ";
      out_ += whole.substr(1 + tag.name.size());
      ++tags_;
    }
    if (!holds_text(tag.name)) return true;
    auto end = find_end_tag(html_, at, tag.name);
    if (same_name(tag.name, "title")) add_title(html_.substr(at, end - at));
    at = end;
    return true;
  }

  void add_title(std::string_view text) {
    text = text.substr(0, title_bytes_max);
    out_ += "<meta name=\"posy:title\" content=\"";
    append_quoted(out_, text);
    out_ += "\">";
    ++tags_;
  }

  std::string_view html_;
  std::string out_;
  std::size_t tags_ = 0;
};

}  // namespace

std::string flatten_page_head(std::string_view html) {
  return Flattener().run(html.substr(0, page_head_bytes_max * 4));
}

}  // namespace posy::text
