#include "text/sanitize.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "text/characters.hpp"
#include "text/html_walk.hpp"
#include "text/html_writer.hpp"
#include "text/links.hpp"

namespace posy::text {
namespace {

constexpr int picture_pixels_min = 4;  // what is smaller is no picture
constexpr int picture_pixels_max = 100'000;
constexpr std::size_t description_bytes_max = 6000;

Element element_of(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_A:
      return Element::a;
    case GUMBO_TAG_B:
      return Element::b;
    case GUMBO_TAG_CODE:
      return Element::code;
    case GUMBO_TAG_DEL:
    case GUMBO_TAG_STRIKE:
      return Element::del;
    case GUMBO_TAG_EM:
      return Element::em;
    case GUMBO_TAG_I:
      return Element::i;
    case GUMBO_TAG_RP:
      return Element::rp;
    case GUMBO_TAG_RT:
      return Element::rt;
    case GUMBO_TAG_RUBY:
      return Element::ruby;
    case GUMBO_TAG_S:
      return Element::s;
    case GUMBO_TAG_SPAN:
      return Element::span;
    case GUMBO_TAG_STRONG:
      return Element::strong;
    case GUMBO_TAG_SUB:
      return Element::sub;
    case GUMBO_TAG_SUP:
      return Element::sup;
    case GUMBO_TAG_U:
      return Element::u;
    case GUMBO_TAG_H1:
      return Element::h1;
    case GUMBO_TAG_H2:
      return Element::h2;
    case GUMBO_TAG_H3:
      return Element::h3;
    case GUMBO_TAG_H4:
      return Element::h4;
    case GUMBO_TAG_H5:
      return Element::h5;
    case GUMBO_TAG_H6:
      return Element::h6;
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_LISTING:
      return Element::pre;
    case GUMBO_TAG_BLOCKQUOTE:
      return Element::blockquote;
    case GUMBO_TAG_OL:
      return Element::ol;
    case GUMBO_TAG_UL:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_DIR:
      return Element::ul;
    case GUMBO_TAG_LI:
      return Element::li;
    case GUMBO_TAG_TABLE:
      return Element::table;
    case GUMBO_TAG_THEAD:
      return Element::thead;
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TFOOT:
      return Element::tbody;
    case GUMBO_TAG_TR:
      return Element::tr;
    case GUMBO_TAG_TH:
      return Element::th;
    case GUMBO_TAG_TD:
      return Element::td;
    // Blocks that we do not keep still separate what they contain from what stands around them.
    case GUMBO_TAG_P:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_HGROUP:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_SUMMARY:
      return Element::p;
    default:
      return Element::none;
  }
}

// Classes that clients act on. Any other could borrow the look of our own pages.
std::string kept_classes(std::string_view classes) {
  constexpr std::array<std::string_view, 7> known = {"mention",   "hashtag",  "u-url",       "h-card",
                                                     "invisible", "ellipsis", "quote-inline"};
  std::string kept;
  std::size_t at = 0;
  while (at < classes.size()) {
    std::size_t end = std::min(classes.find_first_of(" \t\n\r\f", at), classes.size());
    std::string_view name = classes.substr(at, end - at);
    at = end + 1;
    if (std::ranges::find(known, name) == known.end()) continue;
    if (!kept.empty()) kept += ' ';
    kept += name;
    if (kept.size() > 100) break;  // the same few, repeated
  }
  return kept;
}

bool has_word(std::string_view words, std::string_view wanted) {
  std::size_t at = 0;
  while (at < words.size()) {
    std::size_t end = std::min(words.find_first_of(" \t\n\r\f", at), words.size());
    if (words.substr(at, end - at) == wanted) return true;
    at = end + 1;
  }
  return false;
}

void keep_number(GumboElement const& element, char const* name, std::string& attributes) {
  auto value = find_attribute(element, name);
  int number = 0;
  if (!value) return;
  auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
  if (error == std::errc{}) append_attribute(attributes, name, std::to_string(number));
}

// In pixels; 0 where the element does not say it so.
int size_of(GumboElement const& element, char const* name) {
  auto value = find_attribute(element, name).value_or("");
  int number = 0;
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  bool const is_pixels = error == std::errc{} && (end == value.data() + value.size() || std::string_view(end, 1) == "p");
  return is_pixels && number > 0 && number <= picture_pixels_max ? number : 0;
}

bool is_too_small(GumboElement const& element) {
  auto says = [&](char const* name) { return find_attribute(element, name).value_or("").starts_with('0'); };
  int width = size_of(element, "width"), height = size_of(element, "height");
  return (width > 0 && width < picture_pixels_min) || (height > 0 && height < picture_pixels_min) || says("width") ||
         says("height");
}

// An emoji as WordPress puts it into a text.
bool is_drawn_letter(GumboElement const& element) {
  auto classes = find_attribute(element, "class").value_or("");
  return has_word(classes, "emoji") || has_word(classes, "wp-smiley");
}

class Cleaner : public HtmlVisitor {
 public:
  Cleaner(HtmlWriter& writer, ShowPicture const* show) : writer_(writer), show_(show) {}

  void enter(GumboElement const& element) override {
    switch (element.tag) {
      case GUMBO_TAG_BR:
        writer_.line_break();
        break;
      case GUMBO_TAG_HR:
        writer_.rule();
        break;
      case GUMBO_TAG_IMG:
        picture(element);
        break;
      default:
        break;
    }
    Element kept = element_of(element.tag);
    if (kept == Element::a) return enter_link(element);
    writer_.enter(kept, attributes_of(element, kept));
  }
  void leave(GumboElement const&) override { writer_.leave(); }
  void text(std::string_view text) override { writer_.text(text); }

 private:
  static std::string attributes_of(GumboElement const& element, Element kept) {
    std::string attributes;
    if (kept == Element::span || (kept == Element::p && element.tag == GUMBO_TAG_P)) {
      std::string classes = kept_classes(find_attribute(element, "class").value_or(""));
      if (!classes.empty()) append_attribute(attributes, "class", classes);
    }
    if (kept == Element::span && find_attribute(element, "translate") == "no")
      attributes += R"( translate="no")";
    if (kept == Element::ol) {
      keep_number(element, "start", attributes);
      if (find_attribute(element, "reversed")) append_attribute(attributes, "reversed", "reversed");
    }
    if (kept == Element::li) keep_number(element, "value", attributes);
    return attributes;
  }

  void enter_link(GumboElement const& element) {
    auto link = safe_link(find_attribute(element, "href").value_or(""));
    if (!link) return writer_.enter(Element::none);
    std::string attributes;
    append_attribute(attributes, "href", *link);
    std::string classes = kept_classes(find_attribute(element, "class").value_or(""));
    if (!classes.empty()) append_attribute(attributes, "class", classes);
    bool is_tag = has_word(find_attribute(element, "rel").value_or(""), "tag");
    append_attribute(attributes, "target", "_blank");
    append_attribute(attributes, "rel", is_tag ? "tag nofollow noopener" : "nofollow noopener");
    if (find_attribute(element, "translate") == "no") append_attribute(attributes, "translate", "no");
    writer_.enter(Element::a, std::move(attributes));
  }

  // A custom emoji shows its shortcode, which the reader's client draws. Any other picture would call
  // home when shown, so it becomes a link.
  void picture(GumboElement const& element) {
    std::string_view description = find_attribute(element, "alt").value_or("");
    auto link = safe_link(find_attribute(element, "src").value_or(""));
    bool is_emoji = description.size() > 2 && description.front() == ':' && description.back() == ':';
    if (show_ && is_drawn_letter(element)) is_emoji = true;
    if (is_emoji || !link || !is_web_link(*link)) return writer_.text(description);
    if (show_ && is_too_small(element)) return;
    if (show_ && show_picture(element, *link, description)) return;
    writer_.enter(Element::a, outside_link_attributes(*link));
    writer_.text(description.empty() ? std::string_view(*link) : description);
    writer_.leave();
  }

  bool show_picture(GumboElement const& element, std::string const& link, std::string_view description) {
    auto address = (*show_)({link, std::string(description.substr(0, description_bytes_max))});
    if (!address) return false;
    std::string attributes;
    append_attribute(attributes, "src", *address);
    append_attribute(attributes, "alt", description.substr(0, description_bytes_max));
    int width = size_of(element, "width"), height = size_of(element, "height");
    if (width > 0 && height > 0) {
      append_attribute(attributes, "width", std::to_string(width));
      append_attribute(attributes, "height", std::to_string(height));
    }
    attributes += " loading=\"lazy\"";
    writer_.figure(attributes, "");
    return true;
  }

  HtmlWriter& writer_;
  ShowPicture const* show_;  // null: pictures become links
};

}  // namespace

namespace {

std::string clean(std::string_view html, ShowPicture const* show) {
  HtmlWriter writer;
  Cleaner cleaner(writer, show);
  if (!walk_html(html, cleaner)) return {};
  return writer.finish();
}

}  // namespace

std::string sanitize_html(std::string_view html) { return clean(html, nullptr); }

std::string sanitize_html(std::string_view html, ShowPicture const& show) { return clean(html, &show); }

}  // namespace posy::text
