#include "federation/inbox/lane.hpp"

#include <algorithm>

#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/reading.hpp"

namespace posy::federation {
namespace {

constexpr std::size_t addressees_max = 100;  // looked at; whoever is named behind them waits with the rest
constexpr std::size_t tags_max = 100;

bool names_ours(Uris const& uris, std::vector<std::string> const& ids) {
  return std::ranges::any_of(ids, [&](std::string const& id) { return uris.username(id).has_value(); });
}

bool mentions_ours(Uris const& uris, boost::json::object const& object) {
  for (auto const& tag : values_in(object, "tag", tags_max))
    if (tag.is_object() && uris.username(read_id(tag.as_object(), "href"))) return true;
  return false;
}

// Somebody chose an option of a poll: that is counted, not read.
bool is_vote(boost::json::object const& object) {
  return find_member(object, "name") && find_member(object, "inReplyTo") && !find_member(object, "content");
}

}  // namespace

store::ReceivedLane lane_of(Uris const& uris, Activity const& activity) {
  using enum store::ReceivedLane;
  bool tells = activity.type == ActivityType::create || activity.type == ActivityType::update;
  auto const& object = activity.object.embedded;
  if (!tells || object.empty() || is_vote(object)) return others;
  auto to = read_ids(object, "to", addressees_max);
  auto cc = read_ids(object, "cc", addressees_max);
  bool is_for_us = names_ours(uris, to) || names_ours(uris, cc) || mentions_ours(uris, object);
  if (!is_for_us) return others;
  return is_public(to) || is_public(cc) ? mentions : letters;
}

}  // namespace posy::federation
