// What people see of their own account. (docs.joinmastodon.org/entities/Account/#CredentialAccount, Role,
// Profile)
#pragma once

#include "api/entities/account.hpp"
#include "api/entities/tag.hpp"
#include "social/collections.hpp"

namespace posy::api::entities {

struct Role {
  std::string id;
  std::string name;
  std::string permissions;  // a sum of bits, in decimal
  std::string color;
  bool highlighted = false;
  int collection_limit = social::collections_max;
};
BOOST_DESCRIBE_STRUCT(Role, (), (id, name, permissions, color, highlighted, collection_limit))

struct Source {
  std::string privacy;
  bool sensitive = false;
  std::optional<std::string> language;
  std::string note;           // as it was written
  std::vector<Field> fields;  // likewise
  std::int64_t follow_requests_count = 0;
  bool hide_collections = false;
  bool discoverable = false;
  bool indexable = false;
  std::vector<std::string> attribution_domains;
  std::string quote_policy;
};
BOOST_DESCRIBE_STRUCT(Source, (),
                      (privacy, sensitive, language, note, fields, follow_requests_count, hide_collections,
                       discoverable, indexable, attribution_domains, quote_policy))

struct CredentialAccount : Account {
  Source source;
  Role role;
};
BOOST_DESCRIBE_STRUCT(CredentialAccount, (Account), (source, role))

// All texts as they were written; null where the built-in picture stands.
struct Profile {
  std::string id;
  std::string display_name;
  std::string note;
  std::vector<Field> fields;
  std::optional<std::string> avatar;
  std::optional<std::string> avatar_static;
  std::string avatar_description;
  std::optional<std::string> header;
  std::optional<std::string> header_static;
  std::string header_description;
  bool locked = false;
  bool bot = false;
  bool hide_collections = false;
  bool discoverable = false;
  bool indexable = false;
  bool show_media = true;
  bool show_media_replies = true;
  bool show_featured = true;
  std::vector<std::string> attribution_domains;
  std::vector<FeaturedTag> featured_tags;
};
BOOST_DESCRIBE_STRUCT(Profile, (),
                      (id, display_name, note, fields, avatar, avatar_static, avatar_description, header,
                       header_static, header_description, locked, bot, hide_collections, discoverable,
                       indexable, show_media, show_media_replies, show_featured, attribution_domains,
                       featured_tags))

}  // namespace posy::api::entities
