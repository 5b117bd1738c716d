// How the person who asks stands to an account. (docs.joinmastodon.org/entities/Relationship,
// FamiliarFollowers, Suggestion)
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "json/omittable.hpp"

namespace posy::api::entities {

struct Relationship {
  std::string id;
  bool following = false;
  bool showing_reblogs = false;
  bool notifying = false;
  std::optional<std::vector<std::string>> languages;  // null: all
  bool followed_by = false;
  bool blocking = false;
  bool blocked_by = false;
  bool muting = false;
  bool muting_notifications = false;
  std::optional<Time> muting_expires_at;
  bool requested = false;
  bool requested_by = false;
  bool domain_blocking = false;
  bool endorsed = false;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(Relationship, (),
                      (id, following, showing_reblogs, notifying, languages, followed_by, blocking,
                       blocked_by, muting, muting_notifications, muting_expires_at, requested, requested_by,
                       domain_blocking, endorsed, note))

struct FamiliarFollowers {
  std::string id;
  json::Raw accounts;
};
BOOST_DESCRIBE_STRUCT(FamiliarFollowers, (), (id, accounts))

struct Suggestion {
  std::string source;  // the older word for `sources`
  std::vector<std::string> sources;
  json::Raw account;
};
BOOST_DESCRIBE_STRUCT(Suggestion, (), (source, sources, account))

}  // namespace posy::api::entities
