// Writes HTML that is safe and well-formed whatever it is told to write.
//
// Everything that leaves this library as HTML passes here: cleaned posts of strangers, our own plain and
// Markdown posts. Only the elements below exist, text is always escaped, and the structure obeys rules
// that make every parser read the result as the same tree (so no "mutation" can turn text into tags):
//   - paragraphs, headings and <pre> hold no blocks; a block inside one closes it, and it opens again after;
//   - <b>, <a> and the like never span blocks; they are closed before one and opened again inside;
//   - list items stand in lists, rows and cells in tables; stray ones become paragraphs or plain content.
// What would be empty (paragraphs, links, emphasis) is not written at all.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace posy::text {

enum class Element : std::uint8_t {
  // inline
  a,
  b,
  code,
  del,
  em,
  i,
  rp,
  rt,
  ruby,
  s,
  span,
  strong,
  sub,
  sup,
  u,
  // hold inline content only
  p,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  pre,
  // hold blocks
  blockquote,
  ol,
  ul,
  li,
  table,
  thead,
  tbody,
  tr,
  th,
  td,
  // shows its content and nothing else
  none,
};

class HtmlWriter {
 public:
  // Each enter() is answered by one leave(). `attributes` is ready to paste after the tag name: build it
  // with append_attribute().
  void enter(Element element, std::string attributes = {});
  void leave();
  void text(std::string_view text);
  void line_break();
  void rule();
  // A picture in a block of its own; `attributes` as above. Without a caption where that is empty.
  void figure(std::string_view attributes, std::string_view caption);
  // Closes what is open and hands the HTML over.
  std::string finish();

  // Past this many bytes nothing new is written.
  static constexpr std::size_t html_bytes_max = 2 << 20;
  // Deeper lists, quotations and tables, and deeper inline elements, show only their content.
  static constexpr std::size_t block_depth_max = 30;
  static constexpr std::size_t inline_depth_max = 20;

 private:
  struct Frame {  // what the caller has entered
    Element element;
    std::string attributes;
    std::size_t serial;  // tells this frame from an earlier one at the same depth
    std::size_t blocks;  // how many blocks stay open when this is left
    std::size_t leaf;    // the frame whose paragraph text goes into, or no_frame
  };
  static constexpr std::size_t no_frame = static_cast<std::size_t>(-1);

  void enter_inline(Frame frame);
  bool enter_block(Frame& frame);
  bool enter_table_part(Frame& frame);
  bool is_entered(Element element) const;
  Element top_block() const { return blocks_.empty() ? Element::none : blocks_.back(); }
  void push_block(Element element, std::string_view attributes = {});
  void pop_block();
  void close_leaf();
  void close_inlines(std::size_t keep);
  bool prepare_for_blocks();
  bool prepare_for_inline();

  std::string html_;
  std::vector<Frame> frames_;
  std::vector<std::size_t> inlines_;                      // indexes of entered inline frames
  std::vector<Element> blocks_;                           // blocks open in html_
  std::vector<std::pair<Element, std::size_t>> written_;  // inlines open in html_, with their serial
  std::size_t serials_ = 0;
  bool leaf_open_ = false;   // the top block is a paragraph, heading or <pre>
  bool at_boundary_ = true;  // nothing was written since the last block began or ended
};

// Appends ` name="value"`, escaped.
void append_attribute(std::string& attributes, std::string_view name, std::string_view value);

}  // namespace posy::text
