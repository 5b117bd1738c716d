#include "store/emoji.hpp"

namespace posy::store {

std::vector<CustomEmoji> emojis_by_code(db::Reader& r, std::string_view domain,
                                        std::vector<std::string> const& shortcodes) {
  if (shortcodes.empty()) return {};
  return r.all<CustomEmoji>(
      "select :row from custom_emoji where domain = $1 and shortcode in texts($2) order by shortcode", domain,
      shortcodes);
}

std::vector<CustomEmoji> emojis_by_code(db::Reader& r, std::vector<std::string> const& domains,
                                        std::vector<std::string> const& shortcodes) {
  if (domains.empty() || shortcodes.empty()) return {};
  return r.all<CustomEmoji>("select :row from custom_emoji where domain in texts($1) and shortcode in texts($2)",
                            domains, shortcodes);
}

std::vector<CustomEmoji> local_emojis(db::Reader& r) {
  return r.all<CustomEmoji>("select :row from custom_emoji where domain = '' order by shortcode");
}

}  // namespace posy::store
