// Hashtags. (docs.joinmastodon.org/entities/Tag, FeaturedTag)
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "json/omittable.hpp"

namespace posy::api::entities {

// Numbers are strings here, as in Mastodon.
struct TagHistory {
  std::string day;  // seconds since 1970 at midnight
  std::string uses;
  std::string accounts;
};
BOOST_DESCRIBE_STRUCT(TagHistory, (), (day, uses, accounts))

struct Tag {
  std::string id;
  std::string name;
  std::string url;
  std::vector<TagHistory> history;  // seven days, the latest first
  json::Omittable<bool> following;  // absent for visitors
  json::Omittable<bool> featuring;
};
BOOST_DESCRIBE_STRUCT(Tag, (), (id, name, url, history, following, featuring))

struct FeaturedTag {
  std::string id;
  std::string name;
  std::string url;
  std::string statuses_count;
  std::optional<std::string> last_status_at;  // a date
};
BOOST_DESCRIBE_STRUCT(FeaturedTag, (), (id, name, url, statuses_count, last_status_at))

}  // namespace posy::api::entities
