// Account and what stands in it. (docs.joinmastodon.org/entities/Account, CustomEmoji)
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "json/omittable.hpp"

namespace posy::api::entities {

struct CustomEmoji {
  std::string shortcode;
  std::string url;
  std::string static_url;
  bool visible_in_picker = true;
  std::optional<std::string> category;
};
BOOST_DESCRIBE_STRUCT(CustomEmoji, (), (shortcode, url, static_url, visible_in_picker, category))

struct Field {
  std::string name;
  std::string value;  // HTML
  std::optional<Time> verified_at;
};
BOOST_DESCRIBE_STRUCT(Field, (), (name, value, verified_at))

struct AccountRole {
  std::string id;
  std::string name;
  std::string color;
};
BOOST_DESCRIBE_STRUCT(AccountRole, (), (id, name, color))

// Who may put somebody into a collection: docs.joinmastodon.org/entities/FeatureApproval.
struct FeatureApproval {
  std::vector<std::string> automatic;
  std::vector<std::string> manual;
  std::string current_user;
};
BOOST_DESCRIBE_STRUCT(FeatureApproval, (), (automatic, manual, current_user))

struct Account {
  std::string id;
  std::string username;
  std::string acct;
  std::string display_name;
  bool locked = false;
  bool bot = false;
  std::optional<bool> discoverable;
  bool indexable = false;
  bool group = false;
  Time created_at;
  std::string note;  // HTML
  std::string url;
  std::string uri;
  std::string avatar;
  std::string avatar_static;
  std::string avatar_description;
  std::string header;
  std::string header_static;
  std::string header_description;
  std::int64_t followers_count = 0;
  std::int64_t following_count = 0;
  std::int64_t statuses_count = 0;
  std::optional<std::string> last_status_at;  // a date
  bool noindex = false;
  std::optional<bool> hide_collections;
  std::vector<CustomEmoji> emojis;
  std::vector<AccountRole> roles;
  std::vector<Field> fields;
  FeatureApproval feature_approval;
  json::Omittable<bool> suspended;
  json::Omittable<bool> limited;
  json::Omittable<bool> memorial;
  json::Omittable<json::Raw> moved;  // the Account that she has moved to, which tells of no further one
};
BOOST_DESCRIBE_STRUCT(Account, (),
                      (id, username, acct, display_name, locked, bot, discoverable, indexable, group, created_at,
                       note, url, uri, avatar, avatar_static, avatar_description, header, header_static,
                       header_description, followers_count, following_count, statuses_count, last_status_at, noindex,
                       hide_collections, emojis, roles, fields, feature_approval, suspended, limited, memorial,
                       moved))

}  // namespace posy::api::entities
