#include <algorithm>

#include "text/characters.hpp"
#include "text/html_walk.hpp"
#include "text/plain.hpp"

namespace posy::text {
namespace {

// What stands between an element and its neighbours.
std::string_view separator(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_HR:
      return "\n\n";
    case GUMBO_TAG_LI:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
      return "\n";
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
      return " ";
    default:
      return "";
  }
}

class TextMaker : public HtmlVisitor {
 public:
  void enter(GumboElement const& element) override {
    if (element.tag == GUMBO_TAG_BR) {
      out_ += '\n';
    } else if (element.tag == GUMBO_TAG_IMG) {
      text(find_attribute(element, "alt").value_or(""));
    } else if (element.tag == GUMBO_TAG_PRE) {
      ++preformatted_;
    }
    separate(separator(element.tag));
  }
  void leave(GumboElement const& element) override {
    if (element.tag == GUMBO_TAG_PRE) --preformatted_;
    separate(separator(element.tag));
  }
  void text(std::string_view text) override {
    for (std::size_t at = 0; at < text.size();) {
      std::size_t start = at;
      char32_t c = next_character(text, at);
      if (is_html_space(c) && preformatted_ == 0) {
        if (separator_.empty() && !out_.empty() && out_.back() != '\n') separator_ = " ";
      } else if (!is_unwanted(c) && c != '\r') {
        if (!out_.empty()) out_ += separator_;
        separator_ = "";
        if (c == 0xfffd) {
          out_ += "\xef\xbf\xbd";  // also what broken bytes become
        } else {
          out_.append(text, start, at - start);
        }
      }
    }
  }
  std::string finish() {
    while (!out_.empty() && is_html_space(static_cast<unsigned char>(out_.back()))) out_.pop_back();
    return std::move(out_);
  }

 private:
  // The widest one wins: a paragraph in a list item still ends with one empty line.
  void separate(std::string_view wanted) {
    if (wanted.size() > separator_.size() || (wanted == "\n" && separator_ == " ")) separator_ = wanted;
  }

  std::string out_;
  std::string_view separator_;
  int preformatted_ = 0;
};

}  // namespace

std::string html_to_text(std::string_view html) {
  TextMaker maker;
  if (!walk_html(html, maker)) return {};
  return maker.finish();
}

}  // namespace posy::text
