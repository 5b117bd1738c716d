// Posts with a title are essays. Where only the text of a post is shown, the title stands above it.
#pragma once

#include "base/encoding.hpp"
#include "store/post.hpp"

namespace posy::store {

inline bool is_essay(Post const& post) { return !post.title.empty(); }

// HTML, clean.
inline std::string titled_content(Post const& post) {
  if (post.title.empty()) return post.content;
  return "<p><strong>" + escape_html(post.title) + "</strong></p>" + post.content;
}

// Of an essay, what stands for it where there is no room for all of it; it leads to `url`.
inline std::string card_content(Post const& post, std::string_view url) {
  std::string out = "<p><strong>" + escape_html(post.title) + "</strong></p>";
  if (!post.summary.empty()) out += "<p>" + escape_html(post.summary) + "</p>";
  auto address = escape_html(url);
  return out + "<p><a href=\"" + address + "\" target=\"_blank\" rel=\"noopener\">" + address + "</a></p>";
}

}  // namespace posy::store
