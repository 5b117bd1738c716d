#include "text/html_writer.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/assert.hpp"
#include "text/characters.hpp"

namespace posy::text {
namespace {

constexpr std::string_view names[] = {"a",    "b",     "code",  "del",    "em",  "i",          "rp", "rt",
                                      "ruby", "s",     "span",  "strong", "sub", "sup", "u",   "p",          "h1", "h2",
                                      "h3",   "h4",    "h5",    "h6",     "pre", "blockquote", "ol", "ul",
                                      "li",   "table", "thead", "tbody",  "tr",  "th",         "td"};
static_assert(std::size(names) == static_cast<std::size_t>(Element::none));

std::string_view name_of(Element element) {
  return names[static_cast<std::size_t>(element)];
}
bool is_inline(Element element) {
  return element <= Element::u;
}
bool is_leaf(Element element) {
  return element >= Element::p && element <= Element::pre;
}
bool is_list(Element element) {
  return element == Element::ol || element == Element::ul;
}
bool is_table_part(Element element) {
  return element >= Element::thead && element <= Element::td;
}
// What may hold nothing but further parts of the table.
bool is_table_frame(Element element) {
  return element >= Element::table && element <= Element::tr;
}

// Spaces between blocks are layout of the source, not content.
bool is_idle(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    auto byte = static_cast<unsigned char>(c);
    return byte < 0x80 && (is_html_space(byte) || is_unwanted(byte));
  });
}

bool is_written_as_is(char c) {
  return c >= ' ' && c != 0x7f && c != '&' && c != '<' && c != '>' && c != '"' && c != '\'';
}

void append_escaped(std::string& out, std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t start = at;
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80 && is_written_as_is(text[at]))
      ++at;
    out.append(text, start, at - start);
    if (at == text.size()) return;
    start = at;
    char32_t c = next_character(text, at);
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case 0xfffd:
        out += "\xef\xbf\xbd";
        break;  // also what broken bytes become
      default:
        if (!is_unwanted(c)) out.append(text, start, at - start);
    }
  }
}

}  // namespace

void append_attribute(std::string& attributes, std::string_view name, std::string_view value) {
  attributes += ' ';
  attributes += name;
  attributes += "=\"";
  append_escaped(attributes, value);
  attributes += '"';
}

void HtmlWriter::enter(Element element, std::string attributes) {
  std::size_t leaf = frames_.empty() ? no_frame : frames_.back().leaf;
  Frame frame{element, std::move(attributes), ++serials_, 0, leaf};
  if (html_.size() >= html_bytes_max) frame.element = Element::none;
  if (is_inline(frame.element)) return enter_inline(std::move(frame));
  if (frame.element != Element::none && !enter_block(frame)) frame.element = Element::none;
  if (frame.element == Element::none) frame.blocks = no_frame;
  frames_.push_back(std::move(frame));
}

void HtmlWriter::enter_inline(Frame frame) {
  Element element = frame.element;
  frame.blocks = no_frame;
  bool is_ruby_part = element == Element::rt || element == Element::rp;
  bool is_misplaced = is_ruby_part && (frames_.empty() || frames_.back().element != Element::ruby);
  // A span may stand in a span. Of all others a second one adds nothing, and a link may not hold a link.
  if (is_misplaced || inlines_.size() >= inline_depth_max ||
      (element != Element::span && is_entered(element)))
    frame.element = Element::none;
  if (frame.element != Element::none) inlines_.push_back(frames_.size());
  frames_.push_back(std::move(frame));
}

bool HtmlWriter::is_entered(Element element) const {
  return std::ranges::any_of(inlines_, [&](std::size_t index) { return frames_[index].element == element; });
}

// Opens the block of `frame`, or says that it cannot stand here.
bool HtmlWriter::enter_block(Frame& frame) {
  close_leaf();
  if (is_table_part(frame.element)) return enter_table_part(frame);
  if (frame.element == Element::li) {
    if (top_block() == Element::li) pop_block();
    if (!is_list(top_block())) frame.element = Element::p, frame.attributes.clear();
  }
  if (is_leaf(frame.element)) {  // opened by the first text in it
    frame.blocks = blocks_.size();
    frame.leaf = frames_.size();
    return true;
  }
  if (frame.element != Element::li && (!prepare_for_blocks() || blocks_.size() >= block_depth_max))
    return false;
  frame.blocks = blocks_.size();
  frame.leaf = no_frame;
  push_block(frame.element, frame.attributes);
  return true;
}

bool HtmlWriter::enter_table_part(Frame& frame) {
  Element top = top_block();
  if (frame.element == Element::thead || frame.element == Element::tbody) {
    if (top == Element::thead || top == Element::tbody) pop_block();
    if (top_block() != Element::table) return false;
  } else if (frame.element == Element::tr) {
    if (top == Element::table) push_block(Element::tbody);
    if (top_block() != Element::thead && top_block() != Element::tbody) return false;
  } else if (top != Element::tr) {
    return false;
  }
  frame.blocks = blocks_.size();
  frame.leaf = no_frame;
  push_block(frame.element, frame.attributes);
  return true;
}

void HtmlWriter::leave() {
  POSY_ASSERT(!frames_.empty());
  Frame& frame = frames_.back();
  if (is_inline(frame.element)) inlines_.pop_back();
  if (frame.blocks != no_frame) {
    close_leaf();
    while (blocks_.size() > frame.blocks) pop_block();
  }
  frames_.pop_back();
}

void HtmlWriter::push_block(Element element, std::string_view attributes) {
  close_inlines(0);
  html_ += '<';
  html_ += name_of(element);
  html_ += attributes;
  html_ += '>';
  blocks_.push_back(element);
  at_boundary_ = true;
}

void HtmlWriter::pop_block() {
  close_inlines(0);
  html_ += "</";
  html_ += name_of(blocks_.back());
  html_ += '>';
  blocks_.pop_back();
  leaf_open_ = false;
  at_boundary_ = true;
}

void HtmlWriter::close_leaf() {
  close_inlines(0);
  if (leaf_open_) pop_block();
}

void HtmlWriter::close_inlines(std::size_t keep) {
  while (written_.size() > keep) {
    html_ += "</";
    html_ += name_of(written_.back().first);
    html_ += '>';
    written_.pop_back();
  }
}

// Makes sure that the top block may hold content. False in a table outside of its cells.
bool HtmlWriter::prepare_for_blocks() {
  if (is_list(top_block())) push_block(Element::li);
  return !is_table_frame(top_block());
}

// Opens the paragraph and the inline elements that the next text belongs to.
bool HtmlWriter::prepare_for_inline() {
  if (html_.size() >= html_bytes_max || !prepare_for_blocks()) return false;
  std::size_t leaf = frames_.empty() ? no_frame : frames_.back().leaf;
  if (leaf != no_frame && !leaf_open_) {
    push_block(frames_[leaf].element, frames_[leaf].attributes);
    leaf_open_ = true;
  }
  std::size_t same = 0;
  while (same < written_.size() && same < inlines_.size() &&
         written_[same].second == frames_[inlines_[same]].serial) {
    ++same;
  }
  close_inlines(same);
  for (; same < inlines_.size(); ++same) {
    Frame const& frame = frames_[inlines_[same]];
    html_ += '<';
    html_ += name_of(frame.element);
    html_ += frame.attributes;
    html_ += '>';
    written_.emplace_back(frame.element, frame.serial);
  }
  return true;
}

void HtmlWriter::text(std::string_view text) {
  std::size_t leaf = frames_.empty() ? no_frame : frames_.back().leaf;
  bool keeps_space = leaf != no_frame && frames_[leaf].element == Element::pre;
  if (at_boundary_ && !keeps_space && is_idle(text)) return;
  std::string escaped;
  escaped.reserve(text.size() + text.size() / 8);
  append_escaped(escaped, text);
  if (escaped.empty() || html_.size() + escaped.size() > html_bytes_max || !prepare_for_inline()) return;
  // Parsers drop a newline right behind <pre>: the first one is for them.
  if (at_boundary_ && keeps_space && written_.empty() && escaped.front() == '\n') html_ += '\n';
  html_ += escaped;
  at_boundary_ = false;
}

void HtmlWriter::line_break() {
  if (!prepare_for_inline()) return;
  html_ += "<br />";
  at_boundary_ = false;
}

void HtmlWriter::rule() {
  close_leaf();
  if (html_.size() >= html_bytes_max || !prepare_for_blocks()) return;
  html_ += "<hr />";
  at_boundary_ = true;
}

void HtmlWriter::figure(std::string_view attributes, std::string_view caption) {
  close_leaf();
  if (html_.size() + attributes.size() + caption.size() >= html_bytes_max || !prepare_for_blocks()) return;
  html_.append("<figure><img").append(attributes).append(" />");
  if (!is_idle(caption)) {
    html_ += "<figcaption>";
    append_escaped(html_, caption);
    html_ += "</figcaption>";
  }
  html_ += "</figure>";
  at_boundary_ = true;
}

std::string HtmlWriter::finish() {
  close_leaf();
  while (!blocks_.empty()) pop_block();
  frames_.clear();
  inlines_.clear();
  at_boundary_ = true;
  return std::exchange(html_, {});
}

}  // namespace posy::text
