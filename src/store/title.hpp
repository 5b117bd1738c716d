// Posts with a title are articles. Where only the text of a post is shown, the title stands above it.
#pragma once

#include "base/encoding.hpp"
#include "store/post.hpp"

namespace posy::store {

// HTML, clean.
inline std::string titled_content(Post const& post) {
  if (post.title.empty()) return post.content;
  return "<p><strong>" + escape_html(post.title) + "</strong></p>" + post.content;
}

}  // namespace posy::store
