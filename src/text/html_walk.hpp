// Parses HTML of strangers (gumbo, as a fragment of a page) and walks its tree, within limits.
#pragma once

#include <gumbo.h>

#include <optional>
#include <string_view>

namespace posy::text {

class HtmlVisitor {
 public:
  virtual ~HtmlVisitor() = default;
  virtual void enter(GumboElement const& element) = 0;
  virtual void leave(GumboElement const& element) = 0;
  virtual void text(std::string_view text) = 0;
};

// Visits elements and text in order. Left out with all they contain: scripts, styles, templates, foreign
// (SVG, MathML) and embedded content. False, and nothing visited, when the tree would need more memory
// than text of this size deserves.
bool walk_html(std::string_view html, HtmlVisitor& visitor);

std::optional<std::string_view> find_attribute(GumboElement const& element, char const* name);

}  // namespace posy::text
