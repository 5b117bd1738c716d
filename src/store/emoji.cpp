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

std::int64_t count_emojis(db::Reader& r, std::string_view domain) {
  return r.one<std::int64_t>("select count(*) from custom_emoji where domain = $1", domain);
}

std::optional<CustomEmoji> first_emoji(db::Reader& r, std::string_view domain) {
  return r.find<CustomEmoji>("select :row from custom_emoji where domain = $1 order by id limit 1", domain);
}

void insert_emoji(db::Writer& w, CustomEmoji const& emoji) {
  w.insert_new("custom_emoji", emoji);
}

void update_emoji(db::Writer& w, RowId id, std::string_view url, Time updated_at) {
  w.run("update custom_emoji set url = $2, updated_at = $3 where id = $1", id, url, updated_at);
}

void delete_emoji(db::Writer& w, RowId id) {
  w.run("delete from custom_emoji where id = $1", id);
}

}  // namespace posy::store
