// Figures over time. (docs/posy-api.md)
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace posy::api::entities {

struct MeasuredDay {
  std::string date;  // "2026-02-05", UTC
  std::int64_t followers = 0;
  std::int64_t replies = 0;
  std::int64_t deliveries = 0;
};
BOOST_DESCRIBE_STRUCT(MeasuredDay, (), (date, followers, replies, deliveries))

struct Measures {
  std::vector<MeasuredDay> days;  // oldest first
};
BOOST_DESCRIBE_STRUCT(Measures, (), (days))

struct MeasuredHour {
  Time at;  // when it began
  std::int64_t delivered = 0;
  std::int64_t failed = 0;
  std::int64_t received = 0;
};
BOOST_DESCRIBE_STRUCT(MeasuredHour, (), (at, delivered, failed, received))

struct ServerMeasures {
  std::vector<MeasuredHour> hours;  // oldest first
};
BOOST_DESCRIBE_STRUCT(ServerMeasures, (), (hours))

}  // namespace posy::api::entities
