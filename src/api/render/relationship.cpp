#include "api/render/relationship.hpp"

#include "base/error.hpp"
#include "json/write.hpp"

namespace posy::api {
namespace {

std::vector<std::string> split(std::string_view languages) {
  std::vector<std::string> out;
  while (!languages.empty()) {
    auto end = languages.find(' ');
    out.emplace_back(languages.substr(0, end));
    languages.remove_prefix(end == languages.npos ? languages.size() : end + 1);
  }
  return out;
}

}  // namespace

entities::Relationship make_relationship(store::Relationship const& from) {
  entities::Relationship out;
  out.id = from.target.str();
  out.following = from.follow.has_value();
  out.requested = from.request.has_value();
  if (auto const& follow = from.follow ? from.follow : from.request) {
    out.showing_reblogs = follow->boosts;
    out.notifying = follow->notify;
    if (!follow->languages.empty()) out.languages = split(follow->languages);
  }
  out.followed_by = from.followed_by;
  out.requested_by = from.requested_by;
  out.blocking = from.blocking;
  out.blocked_by = from.blocked_by;
  if (from.mute) {
    out.muting = true;
    out.muting_notifications = from.mute->notifications;
    out.muting_expires_at = from.mute->expires_at;
  }
  out.domain_blocking = from.domain_blocking;
  out.endorsed = from.endorsed;
  out.note = from.note;
  return out;
}

std::string render_relationships(db::Reader& r, AccountId who, std::vector<AccountId> const& targets,
                                 bool with_suspended) {
  std::vector<entities::Relationship> out;
  for (auto const& row : store::relationships(r, who, targets, with_suspended))
    out.push_back(make_relationship(row));
  return json::to_json(out);
}

std::string render_relationship(db::Reader& r, AccountId who, AccountId target) {
  auto rows = store::relationships(r, who, {target});
  if (rows.empty()) refuse(Refusal::not_found, not_found().message);
  return json::to_json(make_relationship(rows.front()));
}

}  // namespace posy::api
