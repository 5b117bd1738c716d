#include "text/markdown.hpp"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>
#include <unordered_set>

#include "base/id.hpp"

#include "text/links.hpp"

namespace posy::text {
namespace {

struct FreeCmark {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
  void operator()(cmark_node* node) const { cmark_node_free(node); }
  void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};
using Parser = std::unique_ptr<cmark_parser, FreeCmark>;
using Node = std::unique_ptr<cmark_node, FreeCmark>;
using Iterator = std::unique_ptr<cmark_iter, FreeCmark>;

std::string_view view(char const* text) {
  return text == nullptr ? std::string_view() : std::string_view(text);
}

Node parse(std::string_view source, int options) {
  static std::once_flag registered;
  std::call_once(registered, cmark_gfm_core_extensions_ensure_registered);
  Parser parser(cmark_parser_new(options));
  for (char const* name : {"table", "strikethrough", "autolink"}) {
    cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
  }
  cmark_parser_feed(parser.get(), source.data(), source.size());
  return Node(cmark_parser_finish(parser.get()));
}

// Whether the link shows nothing but its own address, written out or recognised by the parser.
bool is_bare_address(cmark_node* link) {
  cmark_node* child = cmark_node_first_child(link);
  if (child == nullptr || child != cmark_node_last_child(link)) return false;
  if (cmark_node_get_type(child) != CMARK_NODE_TEXT) return false;
  std::string_view text = view(cmark_node_get_literal(child));
  std::string_view address = view(cmark_node_get_url(link));
  for (std::string_view scheme : {"mailto:", "http://"}) {
    if (address != text && address.starts_with(scheme) && address.substr(scheme.size()) == text) return true;
  }
  return address == text;
}

// The autolink extension keeps emphasis from tearing addresses apart, but it also sees an e-mail address
// in "@alice@example.org". So bare addresses become text again, where one scanner decides for all.
void unwrap_bare_addresses(cmark_node* root) {
  Iterator iterator(cmark_iter_new(root));
  for (cmark_event_type event; (event = cmark_iter_next(iterator.get())) != CMARK_EVENT_DONE;) {
    cmark_node* node = cmark_iter_get_node(iterator.get());
    if (event != CMARK_EVENT_EXIT || cmark_node_get_type(node) != CMARK_NODE_LINK || !is_bare_address(node))
      continue;
    cmark_node_insert_before(node, cmark_node_first_child(node));
    cmark_node_free(node);
  }
  cmark_consolidate_text_nodes(root);
}

class Renderer {
 public:
  // Without pictures it is no essay.
  Renderer(HtmlWriter& writer, Linker& linker, EssayPictures const* pictures)
      : writer_(writer), linker_(linker), pictures_(pictures) {}

  void visit(cmark_node* node, bool entering);
  // An upload is written at once, whatever stands inside: true for what is done with.
  bool write_picture(cmark_node* node);

 private:
  void container(Element element, bool entering, std::string attributes = {}) {
    if (entering)
      writer_.enter(element, std::move(attributes));
    else
      writer_.leave();
  }
  void soft_break();
  void footnote(bool entering);
  void footnote_reference(std::string_view number);
  void list(cmark_node* node, bool entering);
  void link(cmark_node* node, bool entering);
  void extension(cmark_node* node, bool entering);
  void code_block(std::string_view text);
  void html_as_text(std::string_view html);
  void text(std::string_view text) {
    if (links_ > 0)
      linker_.unlinked_text(text);
    else
      linker_.text(text);
  }

  HtmlWriter& writer_;
  Linker& linker_;
  EssayPictures const* pictures_;
  int links_ = 0;
  int footnotes_ = 0;
  std::unordered_set<std::string> referenced_;  // numbers of footnotes
};

bool is_in_tight_list(cmark_node* paragraph) {
  cmark_node* item = cmark_node_parent(paragraph);
  cmark_node* list = item == nullptr ? nullptr : cmark_node_parent(item);
  return list != nullptr && cmark_node_get_type(list) == CMARK_NODE_LIST &&
         cmark_node_get_list_tight(list) != 0;
}

Element heading(int level) {
  return static_cast<Element>(static_cast<int>(Element::h1) + level - 1);
}

void Renderer::visit(cmark_node* node, bool entering) {
  std::string_view literal = view(cmark_node_get_literal(node));
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_DOCUMENT:
      if (!entering && footnotes_ > 0) writer_.leave();
      break;
    case CMARK_NODE_FOOTNOTE_DEFINITION:
      footnote(entering);
      break;
    case CMARK_NODE_FOOTNOTE_REFERENCE:
      if (entering) footnote_reference(literal);
      break;
    case CMARK_NODE_BLOCK_QUOTE:
      container(Element::blockquote, entering);
      break;
    case CMARK_NODE_LIST:
      list(node, entering);
      break;
    case CMARK_NODE_ITEM:
      container(Element::li, entering);
      break;
    case CMARK_NODE_CODE_BLOCK:
      code_block(literal);
      break;
    case CMARK_NODE_PARAGRAPH:
      container(is_in_tight_list(node) ? Element::none : Element::p, entering);
      break;
    case CMARK_NODE_HEADING:
      container(heading(cmark_node_get_heading_level(node)), entering);
      break;
    case CMARK_NODE_THEMATIC_BREAK:
      writer_.rule();
      break;
    case CMARK_NODE_TEXT:
      text(literal);
      break;
    case CMARK_NODE_SOFTBREAK:
      soft_break();
      break;
    case CMARK_NODE_LINEBREAK:
      writer_.line_break();
      break;
    case CMARK_NODE_CODE:
      writer_.enter(Element::code);
      writer_.text(literal);
      writer_.leave();
      break;
    case CMARK_NODE_HTML_BLOCK:
      html_as_text(literal);
      break;
    case CMARK_NODE_HTML_INLINE:
      writer_.text(literal);
      break;
    case CMARK_NODE_EMPH:
      container(Element::em, entering);
      break;
    case CMARK_NODE_STRONG:
      container(Element::strong, entering);
      break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
      link(node, entering);
      break;
    default:
      extension(node, entering);
  }
}

void Renderer::soft_break() {
  if (pictures_)
    writer_.text("\n");
  else
    writer_.line_break();
}

// Footnotes stand at the end of the document, in the order of their first references, each leading back to it.
void Renderer::footnote(bool entering) {
  if (entering) {
    if (footnotes_++ == 0) {
      writer_.rule();
      writer_.enter(Element::ol);
    }
    std::string attributes;
    append_attribute(attributes, "id", "fn-" + std::to_string(footnotes_));
    return writer_.enter(Element::li, std::move(attributes));
  }
  writer_.enter(Element::a, " href=\"#fnref-" + std::to_string(footnotes_) + "\"");
  writer_.text("↩");
  writer_.leave();
  writer_.leave();
}

void Renderer::footnote_reference(std::string_view number) {
  std::string attributes;
  if (referenced_.emplace(number).second) append_attribute(attributes, "id", "fnref-" + std::string(number));
  writer_.enter(Element::sup, std::move(attributes));
  std::string link;
  append_attribute(link, "href", "#fn-" + std::string(number));
  writer_.enter(Element::a, std::move(link));
  writer_.text(number);
  writer_.leave();
  writer_.leave();
}

void append_text(cmark_node* node, std::string& out) {
  Iterator iterator(cmark_iter_new(node));
  for (cmark_event_type event; (event = cmark_iter_next(iterator.get())) != CMARK_EVENT_DONE;) {
    cmark_node* inner = cmark_iter_get_node(iterator.get());
    if (event != CMARK_EVENT_ENTER) continue;
    auto type = cmark_node_get_type(inner);
    if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) out += view(cmark_node_get_literal(inner));
    if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) out += ' ';
  }
}

bool Renderer::write_picture(cmark_node* node) {
  constexpr std::string_view scheme = "media:";
  std::string_view address = view(cmark_node_get_url(node));
  if (!pictures_ || !address.starts_with(scheme)) return false;
  auto id = parse_id(address.substr(scheme.size()));
  auto& used = pictures_->used;
  bool is_known = id && std::ranges::find(used, *id) != used.end();
  if (!id || !pictures_->find || (!is_known && used.size() >= pictures_max)) return true;
  auto picture = pictures_->find(*id);
  if (!picture) return true;
  if (!is_known) used.push_back(*id);
  std::string description;
  append_text(node, description);
  std::string attributes;
  append_attribute(attributes, "src", picture->url);
  append_attribute(attributes, "alt", description.empty() ? picture->description : description);
  if (picture->width > 0 && picture->height > 0) {
    append_attribute(attributes, "width", std::to_string(picture->width));
    append_attribute(attributes, "height", std::to_string(picture->height));
  }
  attributes += " loading=\"lazy\"";
  writer_.figure(attributes, view(cmark_node_get_title(node)));
  return true;
}

void Renderer::list(cmark_node* node, bool entering) {
  bool is_ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
  std::string attributes;
  int start = cmark_node_get_list_start(node);
  if (is_ordered && start != 1) append_attribute(attributes, "start", std::to_string(start));
  container(is_ordered ? Element::ol : Element::ul, entering, std::move(attributes));
}

void Renderer::link(cmark_node* node, bool entering) {
  if (!entering) {
    --links_;
    return writer_.leave();
  }
  ++links_;
  auto target = safe_link(view(cmark_node_get_url(node)));
  if (!target) return writer_.enter(Element::none);
  if (is_web_link(*target)) linker_.note_url(*target);
  writer_.enter(Element::a, outside_link_attributes(*target));
}

// The nodes of extensions have no constants, only names.
void Renderer::extension(cmark_node* node, bool entering) {
  std::string_view type = view(cmark_node_get_type_string(node));
  cmark_node* parent = cmark_node_parent(node);
  bool is_heading_row =
      cmark_gfm_extensions_get_table_row_is_header(type == "table_cell" ? parent : node) != 0;
  if (type == "strikethrough") {
    container(Element::del, entering);
  } else if (type == "table") {
    container(Element::table, entering);
  } else if (type == "table_cell") {
    container(is_heading_row ? Element::th : Element::td, entering);
  } else if (is_heading_row) {
    if (entering) writer_.enter(Element::thead);
    container(Element::tr, entering);
    if (!entering) writer_.leave();
  } else {
    container(type == "table_row" ? Element::tr : Element::none, entering);
  }
}

void Renderer::code_block(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  writer_.enter(Element::pre);
  writer_.enter(Element::code);
  writer_.text(text);
  writer_.leave();
  writer_.leave();
}

void Renderer::html_as_text(std::string_view html) {
  if (html.ends_with('\n')) html.remove_suffix(1);
  writer_.enter(Element::p);
  while (true) {
    std::size_t end = html.find('\n');
    writer_.text(html.substr(0, end));
    if (end == std::string_view::npos) break;
    writer_.line_break();
    html.remove_prefix(end + 1);
  }
  writer_.leave();
}

}  // namespace

namespace {

void write(Node root, Renderer& renderer) {
  unwrap_bare_addresses(root.get());
  Iterator iterator(cmark_iter_new(root.get()));
  for (cmark_event_type event; (event = cmark_iter_next(iterator.get())) != CMARK_EVENT_DONE;) {
    cmark_node* node = cmark_iter_get_node(iterator.get());
    bool const entering = event == CMARK_EVENT_ENTER;
    if (entering && cmark_node_get_type(node) == CMARK_NODE_IMAGE && renderer.write_picture(node))
      cmark_iter_reset(iterator.get(), node, CMARK_EVENT_EXIT);
    else
      renderer.visit(node, entering);
  }
}

}  // namespace

void write_markdown(std::string_view source, HtmlWriter& writer, Linker& linker) {
  Renderer renderer(writer, linker, nullptr);
  write(parse(source, CMARK_OPT_DEFAULT), renderer);
}

void write_essay(std::string_view source, HtmlWriter& writer, Linker& linker, EssayPictures pictures) {
  Renderer renderer(writer, linker, &pictures);
  write(parse(source, CMARK_OPT_FOOTNOTES), renderer);
}

}  // namespace posy::text
