#include "api/render/tag.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/encoding.hpp"

namespace posy::api {
namespace {

constexpr int history_days = 7;
constexpr std::int64_t seconds_a_day = 86'400;

int today(db::Reader& r) {
  return static_cast<int>(std::chrono::floor<std::chrono::days>(r.now()).time_since_epoch().count());
}

std::vector<entities::TagHistory> make_history(std::vector<store::TagDay> const& days, TagId tag,
                                               int last_day) {
  std::vector<entities::TagHistory> out;
  for (int day = last_day; day > last_day - history_days; --day) {
    entities::TagHistory entry{std::to_string(day * seconds_a_day), "0", "0"};
    for (auto const& row : days)
      if (row.tag == tag && row.day == day) {
        entry.uses = std::to_string(row.uses);
        entry.accounts = std::to_string(row.accounts);
      }
    out.push_back(std::move(entry));
  }
  return out;
}

}  // namespace

std::vector<entities::Tag> make_tags(db::Reader& r, social::Site const& site, social::Viewer viewer,
                                     std::vector<store::Tag> const& tags) {
  std::vector<TagId> ids;
  for (auto const& tag : tags)
    if (tag.id) ids.push_back(tag.id);
  int last_day = today(r);
  auto days = store::tag_days(r, ids, last_day - history_days + 1);
  std::vector<TagId> followed, featured;
  if (viewer.account) {
    followed = store::followed_among(r, viewer.account, ids);
    featured = store::featured_among(r, viewer.account, ids);
  }
  std::vector<entities::Tag> out;
  for (auto const& tag : tags) {
    entities::Tag entity{.id = tag.id.str(), .name = tag.name, .url = site.tag_url(tag.name)};
    entity.history = make_history(days, tag.id, last_day);
    if (viewer.account) {
      entity.following = std::ranges::find(followed, tag.id) != followed.end();
      entity.featuring = std::ranges::find(featured, tag.id) != featured.end();
    }
    out.push_back(std::move(entity));
  }
  return out;
}

std::vector<entities::Tag> make_tags(db::Reader& r, social::Site const& site, social::Viewer viewer,
                                     std::vector<TagId> const& ids) {
  std::unordered_map<TagId, store::Tag> found;
  for (auto& tag : store::tags_by_id(r, ids)) found.emplace(tag.id, std::move(tag));
  std::vector<store::Tag> tags;
  for (auto id : ids)
    if (auto at = found.find(id); at != found.end()) tags.push_back(at->second);
  return make_tags(r, site, viewer, tags);
}

entities::Tag make_tag(db::Reader& r, social::Site const& site, social::Viewer viewer,
                       store::Tag const& tag) {
  return make_tags(r, site, viewer, std::vector{tag}).front();
}

std::vector<entities::FeaturedTag> make_featured_tags(db::Reader& r, social::Site const& site,
                                                      AccountId owner,
                                                      std::vector<store::FeaturedTag> const& featured) {
  if (featured.empty()) return {};
  auto account = store::find_account(r, owner);
  if (!account) return {};
  std::vector<TagId> ids;
  for (auto const& row : featured) ids.push_back(row.tag);
  std::unordered_map<TagId, store::Tag> tags;
  for (auto& tag : store::tags_by_id(r, ids)) tags.emplace(tag.id, std::move(tag));
  std::unordered_map<TagId, store::TagUsage> usage;
  for (auto const& row : store::tag_usage(r, owner, ids)) usage.emplace(row.tag, row);

  std::vector<entities::FeaturedTag> out;
  for (auto const& row : featured) {
    auto tag = tags.find(row.tag);
    if (tag == tags.end()) continue;
    entities::FeaturedTag entity{.id = row.id.str(), .name = tag->second.name, .statuses_count = "0"};
    entity.url = site.account_url(*account) + "/tagged/" + percent_encode(tag->second.name);
    if (auto used = usage.find(row.tag); used != usage.end()) {
      entity.statuses_count = std::to_string(used->second.posts);
      entity.last_status_at = to_date(used->second.last_post_at);
    }
    out.push_back(std::move(entity));
  }
  return out;
}

}  // namespace posy::api
