// Lists, markers and the result of a search. (docs.joinmastodon.org/entities/List, Marker, Search)
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "api/entities/tag.hpp"
#include "base/time.hpp"
#include "store/list.hpp"

namespace posy::api::entities {

struct List {
  std::string id;
  std::string title;
  store::RepliesPolicy replies_policy{};
  bool exclusive = false;
};
BOOST_DESCRIBE_STRUCT(List, (), (id, title, replies_policy, exclusive))

struct Marker {
  std::string last_read_id;
  int version = 0;
  Time updated_at;
};
BOOST_DESCRIBE_STRUCT(Marker, (), (last_read_id, version, updated_at))

struct Search {
  json::Raw accounts;
  json::Raw statuses;
  std::vector<Tag> hashtags;
};
BOOST_DESCRIBE_STRUCT(Search, (), (accounts, statuses, hashtags))

}  // namespace posy::api::entities
