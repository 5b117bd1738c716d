// What stands around every page: the head for browsers, search engines and previews, and the site's own
// header and footer (templates/layout.html).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pages/context.hpp"
#include "pages/post_view.hpp"

namespace posy::pages {

// Another form of the page: a feed, an embed.
struct Alternate {
  std::string_view type;
  std::string url;
  std::string title;
};

struct Preview {
  std::string url;
  std::string description;
};

// What previews in other programs show (Open Graph).
struct OpenGraph {
  std::string_view type;  // "website", "profile", "article"
  std::string title;
  std::string description = {};
  std::vector<Preview> pictures = {};
  std::string published = {};  // RFC 3339
  bool large = false;          // the picture matters more than the text
};

struct Head {
  std::string title;  // without the name of the site
  std::string description = {};
  std::string canonical = {};  // absolute
  std::string creator = {};    // "@alice@example.org"
  bool hidden_from_search = false;
  std::vector<Alternate> alternates = {};
  std::optional<OpenGraph> open_graph = {};
};

std::string in_frame(Context const& context, Head const& head, std::string const& content);

// The preview of a post: nothing that a notice covers.
OpenGraph preview_of(Context const& context, PostView const& view);
// One line about a post: its notice, its text, or what it shows.
std::string summary_of(PostView const& view, std::size_t characters);

}  // namespace posy::pages
