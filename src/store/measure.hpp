// How much happened in each hour and day, for pictures of it.
#pragma once

#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"
#include "store/notification.hpp"

namespace posy::store {

enum class Measure { delivered, failed, received };

constexpr std::int64_t whole_server = 0;  // else the scope is an account

// `number` more of it in this hour. A row that everybody who counts touches: as late in a transaction as may be.
void add_to_measure(db::Writer& w, std::int64_t scope, Measure measure, std::int64_t number);

struct Counted {
  std::int64_t slot = 0;  // hours or days since 1970, UTC
  std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Counted, (), (slot, number))

// From this hour on, oldest first; hours in which there was none are left out.
std::vector<Counted> hours_of(db::Reader& r, std::int64_t scope, Measure measure, std::int64_t first_hour);
// What she was told of, by day, likewise. It walks all of it: for read_long.
std::vector<Counted> told_by_day(db::Reader& r, AccountId account, NotificationKind kind, Time from);

void forget_measures(db::Writer& w, Time before);

constexpr std::int64_t hour_of(Time time) { return to_milliseconds(time) / 3'600'000; }
constexpr std::int64_t day_of(Time time) { return to_milliseconds(time) / 86'400'000; }

}  // namespace posy::store
