// Custom emoji: small pictures with a shortcode, of this server (`domain` is empty) and of others.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

struct CustomEmoji {
  RowId id;
  std::string shortcode;
  std::string domain;
  std::string blob;
  std::string static_blob;
  std::string category;
  bool visible = true;  // in pickers
  Time updated_at;
  std::string url;  // of the picture, when it is another server's; the blobs are empty then
};
BOOST_DESCRIBE_STRUCT(CustomEmoji, (), (id, shortcode, domain, blob, static_blob, category, visible, updated_at,
                                      url))

std::vector<CustomEmoji> emojis_by_code(db::Reader& r, std::string_view domain,
                                        std::vector<std::string> const& shortcodes);
// Of several servers at once.
std::vector<CustomEmoji> emojis_by_code(db::Reader& r, std::vector<std::string> const& domains,
                                        std::vector<std::string> const& shortcodes);
std::vector<CustomEmoji> local_emojis(db::Reader& r);  // by shortcode

std::int64_t count_emojis(db::Reader& r, std::string_view domain);
std::optional<CustomEmoji> first_emoji(db::Reader& r, std::string_view domain);  // known longest
// Does nothing when there is one with this domain and shortcode.
void insert_emoji(db::Writer& w, CustomEmoji const& emoji);
void update_emoji(db::Writer& w, RowId id, std::string_view url, Time updated_at);
void delete_emoji(db::Writer& w, RowId id);

}  // namespace posy::store
