// The poll that a Question holds.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace posy::federation {

struct PollOption {
  std::string name;
  std::int64_t votes = 0;
  bool operator==(PollOption const&) const = default;
};

struct Poll {
  bool multiple = false;
  std::vector<PollOption> options;
  std::optional<Time> end_time;
  bool closed = false;
  std::optional<Time> closed_at;  // may lie ahead (Pleroma)
  std::optional<std::int64_t> voters;

  bool is_closed(Time now) const {
    return closed || (closed_at && *closed_at <= now) || (end_time && *end_time <= now);
  }
  bool operator==(Poll const&) const = default;
};

// From `oneOf` or `anyOf`; without options when there is neither.
Poll read_poll(boost::json::object const& document);
void write_poll(boost::json::object& document, Poll const& poll);  // adds its members

}  // namespace posy::federation
