#include "text/html_walk.hpp"

#include <algorithm>
#include <csetjmp>
#include <cstddef>
#include <memory>
#include <vector>

#include "text/html_guard.hpp"

namespace posy::text {
namespace {

// The parser's tree lives here and goes all at once: gumbo's own way to free it recurses as deep as the
// tree is. Gumbo cannot be told that memory is out, so the way back is a jump over its (plain C) frames.
class Arena {
 public:
  explicit Arena(std::size_t bytes_max) : left_(bytes_max) {}

  void* allocate(std::size_t bytes) {
    constexpr std::size_t align = alignof(std::max_align_t);
    bytes = (bytes + align - 1) / align * align;
    if (bytes > left_) std::longjmp(exhausted, 1);
    left_ -= bytes;
    if (bytes > block_left_) {
      std::size_t size = std::max<std::size_t>(bytes, block_bytes);
      blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
      next_ = blocks_.back().get();
      block_left_ = size;
    }
    block_left_ -= bytes;
    return std::exchange(next_, next_ + bytes);
  }

  std::jmp_buf exhausted;

 private:
  static constexpr std::size_t block_bytes = 32 << 10;

  // Most posts need no more, and a large block that is given back has the C library tidy up all of its memory.
  alignas(std::max_align_t) std::byte first_[block_bytes];
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_ = first_;
  std::size_t block_left_ = block_bytes;
  std::size_t left_;
};

// Everyday posts need some 60 bytes of tree for each byte of HTML, tags without text up to 150.
std::size_t tree_bytes_max(std::size_t html_bytes) {
  return std::min<std::size_t>((1 << 20) + html_bytes * 160, 64 << 20);
}

// Holds no object with a destructor: the jump may end it at any allocation.
GumboOutput* parse(Arena& arena, std::string_view html) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = [](void* arena, std::size_t bytes) {
    return static_cast<Arena*>(arena)->allocate(bytes);
  };
  options.deallocator = [](void*, void*) {};
  options.userdata = &arena;
  options.max_errors = 0;
  options.fragment_context = GUMBO_TAG_DIV;
  if (setjmp(arena.exhausted) != 0) return nullptr;
  return gumbo_parse_with_options(&options, html.data(), html.size());
}

bool is_left_out(GumboNode const& node) {
  if (node.type == GUMBO_NODE_TEMPLATE) return true;
  if (node.v.element.tag_namespace != GUMBO_NAMESPACE_HTML) return true;
  switch (node.v.element.tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_NOEMBED:
    case GUMBO_TAG_NOFRAMES:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_XMP:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_CANVAS:
      return true;
    default:
      return false;
  }
}

bool is_text(GumboNode const& node) {
  return node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE || node.type == GUMBO_NODE_CDATA;
}

void walk(GumboElement const& root, HtmlVisitor& visitor) {
  struct Place {
    GumboElement const* element;
    unsigned next_child;
  };
  std::vector<Place> path = {{&root, 0}};
  while (true) {
    Place& place = path.back();
    if (place.next_child == place.element->children.length) {
      if (path.size() == 1) return;
      visitor.leave(*place.element);
      path.pop_back();
      continue;
    }
    auto const& child = *static_cast<GumboNode const*>(place.element->children.data[place.next_child++]);
    if (is_text(child)) {
      visitor.text(child.v.text.text);
    } else if (child.type == GUMBO_NODE_ELEMENT && !is_left_out(child)) {
      visitor.enter(child.v.element);
      path.push_back({&child.v.element, 0});
    }
  }
}

}  // namespace

bool walk_html(std::string_view html, HtmlVisitor& visitor) {
  std::string guarded = guard_html(html);
  Arena arena(tree_bytes_max(guarded.size()));
  GumboOutput const* output = parse(arena, guarded);
  if (output == nullptr) return false;
  walk(output->root->v.element, visitor);
  return true;
}

std::optional<std::string_view> find_attribute(GumboElement const& element, char const* name) {
  GumboAttribute const* attribute = gumbo_get_attribute(&element.attributes, name);
  if (attribute == nullptr) return {};
  return attribute->value;
}

}  // namespace posy::text
