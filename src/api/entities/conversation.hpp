// Conversation. (docs.joinmastodon.org/entities/Conversation)
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "json/omittable.hpp"

namespace posy::api::entities {

struct Conversation {
  std::string id;
  bool unread = false;
  std::vector<json::Raw> accounts;
  std::optional<json::Raw> last_status;
};
BOOST_DESCRIBE_STRUCT(Conversation, (), (id, unread, accounts, last_status))

}  // namespace posy::api::entities
