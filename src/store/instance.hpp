// Numbers about the whole server. They walk whole tables or long stretches of one: for read_long, and to be
// kept for a while by whoever asks.
#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"
#include "db/access.hpp"

namespace posy::store {

struct InstanceCounts {
  std::int64_t people = 0;
  std::int64_t posts = 0;
  std::int64_t domains = 0;
  std::int64_t active_month = 0;     // people of this server who posted in the last 30 days
  std::int64_t active_halfyear = 0;  // or 180 days
};
InstanceCounts count_instance(db::Reader& r);

struct Week {
  Time begins;
  std::int64_t posts = 0;
  std::int64_t logins = 0;  // tokens given to people
  std::int64_t registrations = 0;
};
std::vector<Week> weekly_activity(db::Reader& r, int weeks);  // this week first; weeks begin on Mondays, UTC

std::vector<std::string> known_domains(db::Reader& r);
std::optional<AccountId> contact_account(db::Reader& r);  // the owner's

}  // namespace posy::store
