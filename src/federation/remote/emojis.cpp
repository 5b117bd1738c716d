#include "federation/remote/emojis.hpp"

#include <unordered_set>

#include "federation/vocabulary/iri.hpp"
#include "text/emoji.hpp"

namespace posy::federation {

std::vector<social::ArrivedEmoji> emojis_of(Tags const& tags) {
  std::vector<social::ArrivedEmoji> out;
  std::unordered_set<std::string_view> seen;
  for (auto const& emoji : tags.emojis) {
    if (out.size() == emojis_of_document_max) break;
    bool can_be_found = text::find_shortcodes(":" + emoji.shortcode + ":").size() == 1;
    if (!can_be_found || !is_iri(emoji.url) || !seen.insert(emoji.shortcode).second) continue;
    out.push_back({emoji.shortcode, emoji.url, emoji.updated});
  }
  return out;
}

}  // namespace posy::federation
