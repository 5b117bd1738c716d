#include "social/markers.hpp"

namespace posy::social {

bool is_marked_timeline(std::string_view name) {
  return name == "home" || name == "notifications";
}

std::vector<store::Marker> set_markers(db::Writer& w, AccountId who,
                                       std::vector<std::pair<std::string, std::int64_t>> const& last_read) {
  std::vector<store::Marker> out;
  for (auto const& [timeline, id] : last_read)  // two at most
    if (is_marked_timeline(timeline)) out.push_back(store::put_marker(w, who, timeline, id));
  return out;
}

}  // namespace posy::social
