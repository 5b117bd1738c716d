// What may act for a person: an application that has a token of hers. (docs/posy-api.md)
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace posy::api::entities {

struct Session {
  std::string id;
  std::string app;  // its name; empty where a token was made at the command line
  std::optional<std::string> website;
  std::vector<std::string> scopes;
  Time created_at;
  std::optional<Time> last_used_at;  // about when
  bool current = false;              // the one that asks
};
BOOST_DESCRIBE_STRUCT(Session, (), (id, app, website, scopes, created_at, last_used_at, current))

}  // namespace posy::api::entities
