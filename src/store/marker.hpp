// How far somebody has read a timeline: one row for `home` and one for `notifications`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

struct Marker {
  AccountId account;
  std::string timeline;
  std::int64_t last_read = 0;
  int version = 0;  // grows with each change
  Time updated_at;
};
BOOST_DESCRIBE_STRUCT(Marker, (), (account, timeline, last_read, version, updated_at))

std::vector<Marker> markers_of(db::Reader& r, AccountId account, std::vector<std::string> const& timelines);
Marker put_marker(db::Writer& w, AccountId account, std::string_view timeline, std::int64_t last_read);

}  // namespace posy::store
