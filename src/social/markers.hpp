// Markers: how far somebody has read, so that her next device can go on there.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "store/marker.hpp"

namespace posy::social {

// "home" and "notifications"; others are not kept.
bool is_marked_timeline(std::string_view name);
// The new state of those that were given. A marker may also go back.
std::vector<store::Marker> set_markers(db::Writer& w, AccountId who,
                                       std::vector<std::pair<std::string, std::int64_t>> const& last_read);

}  // namespace posy::social
