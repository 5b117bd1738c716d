// Groups of notifications: the half of render/notification.hpp that makes GroupedNotificationsResults.
#include <unordered_map>

#include "api/entities/notification.hpp"
#include "api/render/notification.hpp"
#include "api/render/page_parts.hpp"
#include "api/render/report.hpp"
#include "json/write.hpp"
#include "social/notifications.hpp"
#include "social/site.hpp"

namespace posy::api {
namespace {

constexpr int sample_accounts_max = 8;

using Members = std::unordered_map<std::string, std::vector<store::GroupMember>>;

Members by_group(std::vector<store::GroupMember> members) {
  Members out;
  for (auto& member : members) out[member.group_key].push_back(std::move(member));
  return out;
}

// One group before it is written.
struct Draft {
  store::Notification const* newest;
  bool alone;  // shown as a group of one ...
  bool apart;  // ... although it may belong to a larger one
  std::vector<AccountId> senders;
  NotificationId oldest_on_page;
};

std::vector<Draft> make_drafts(db::Reader& r, std::vector<store::Notification> const& rows,
                               store::KindSet alone) {
  std::vector<NotificationId> grouped;
  std::vector<Draft> drafts;
  for (auto const& row : rows) {
    bool apart = alone.contains(row.kind);
    bool single = apart || row.group_size == 1;
    drafts.push_back({&row, single, apart, {row.sender}, row.id});
    if (!single) grouped.push_back(row.id);
  }
  auto newest = by_group(store::newest_members(r, grouped, sample_accounts_max));
  auto oldest = by_group(store::oldest_members(r, grouped, rows.empty() ? NotificationId{} : rows.back().id));
  for (auto& draft : drafts) {
    if (draft.alone) continue;
    draft.senders.clear();
    for (auto const& member : newest[draft.newest->group_key])
      if (static_cast<int>(draft.senders.size()) < sample_accounts_max)
        draft.senders.push_back(member.sender);
    for (auto const& member : oldest[draft.newest->group_key]) draft.oldest_on_page = member.id;
  }
  return drafts;
}

entities::NotificationGroup make_group(Draft const& draft, bool with_page_range) {
  auto const& row = *draft.newest;
  entities::NotificationGroup group{
      .group_key = draft.apart ? social::group_key_of_one(row.id) : social::shown_group_key(row),
      .notifications_count = draft.alone ? 1 : row.group_size,
      .type = std::string(store::name_of(row.kind)),
      .most_recent_notification_id = row.id.str(),
  };
  for (auto sender : draft.senders) group.sample_account_ids.push_back(sender.str());
  if (row.post) group.status_id = row.post.str();
  if (with_page_range) {
    group.page_min_id = draft.oldest_on_page.str();
    group.page_max_id = row.id.str();
    group.latest_page_notification_at = row.created_at;
  }
  return group;
}

std::vector<entities::PartialAccountWithAvatar> make_partial(db::Reader& r, social::Site const& site,
                                                             std::vector<AccountId> const& ids) {
  std::vector<entities::PartialAccountWithAvatar> out;
  for (auto const& account : store::accounts_by_id(r, ids)) {
    out.push_back({.id = account.id.str(),
                   .acct = account.acct(),
                   .locked = account.locked,
                   .bot = account.bot,
                   .url = site.account_url(account),
                   .avatar = site.avatar_url(account),
                   .avatar_static = site.avatar_url(account),
                   .avatar_description = account.avatar_description});
  }
  return out;
}

}  // namespace

std::string render_groups(db::Reader& r, Renderer& render, social::Site const& site, AccountId viewer,
                          std::vector<store::Notification> const& rows, store::KindSet alone,
                          GroupsView view) {
  auto drafts = make_drafts(r, rows, alone);
  std::vector<PostId> posts;
  for (auto const& row : rows) posts.push_back(row.post);
  StatusParts statuses(r, render, viewer, std::move(posts));
  auto reports = render_reports(r, render, reports_named_by(rows));

  // With partial avatars only the first account of each group is told in full.
  bool partial = view.expand_accounts == ExpandAccounts::partial_avatars;
  std::vector<AccountId> full, avatars;
  entities::GroupedNotificationsResults results;
  for (auto const& draft : drafts) {
    if (draft.newest->post && !statuses.find(draft.newest->post)) continue;
    auto& group = results.notification_groups.emplace_back(make_group(draft, view.with_page_range));
    if (auto report = reports.find(draft.newest->report); report != reports.end())
      group.report = json::Raw{report->second};
    for (std::size_t i = 0; i < draft.senders.size(); ++i)
      (i == 0 || !partial ? full : avatars).push_back(draft.senders[i]);
  }
  AccountParts accounts(r, render, std::move(full));
  for (auto id : accounts.accounts())
    if (auto const* text = accounts.find(id)) results.accounts.push_back({*text});
  if (partial) {
    std::erase_if(avatars, [&](AccountId id) { return accounts.find(id) != nullptr; });
    results.partial_accounts = make_partial(r, site, avatars);
  }
  for (auto id : statuses.posts())
    if (auto const* text = statuses.find(id)) results.statuses.push_back({*text});
  return json::to_json(results);
}

}  // namespace posy::api
