// How much of what came in is not done yet (received.hpp), for figures.
#pragma once

#include <optional>

#include "db/access.hpp"

namespace posy::store {

struct InboxDepth {
  std::int64_t waiting = 0;    // counted up to `limit`
  std::optional<Time> oldest;  // of those that were counted: when it came
};
BOOST_DESCRIBE_STRUCT(InboxDepth, (), (waiting, oldest))
InboxDepth inbox_depth(db::Reader& r, int limit);

}  // namespace posy::store
