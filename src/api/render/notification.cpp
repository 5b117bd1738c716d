#include "api/render/notification.hpp"

#include "api/entities/notification.hpp"
#include "api/render/page_parts.hpp"
#include "api/render/report.hpp"
#include "json/write.hpp"
#include "social/notifications.hpp"

namespace posy::api {
namespace {

std::vector<entities::Notification> make_list(db::Reader& r, Renderer& render, AccountId viewer,
                                              std::vector<store::Notification> const& rows) {
  std::vector<PostId> posts;
  std::vector<AccountId> senders;
  for (auto const& row : rows) {
    posts.push_back(row.post);
    senders.push_back(row.sender);
  }
  StatusParts statuses(r, render, viewer, std::move(posts));
  AccountParts accounts(r, render, std::move(senders));
  auto reports = render_reports(r, render, reports_named_by(rows));

  std::vector<entities::Notification> out;
  for (auto const& row : rows) {
    auto const* account = accounts.find(row.sender);
    auto const* status = statuses.find(row.post);
    if (!account || (row.post && !status)) continue;
    auto& entity = out.emplace_back(entities::Notification{.id = row.id.str(),
                                                           .type = std::string(store::name_of(row.kind)),
                                                           .created_at = row.created_at,
                                                           .group_key = social::shown_group_key(row),
                                                           .account = {*account}});
    if (status) entity.status = json::Raw{*status};
    if (auto report = reports.find(row.report); report != reports.end()) entity.report = json::Raw{report->second};
  }
  return out;
}

std::vector<entities::NotificationRequest> make_requests(
    db::Reader& r, Renderer& render, std::vector<store::NotificationRequest> const& rows) {
  if (rows.empty()) return {};
  std::vector<PostId> posts;
  std::vector<AccountId> senders;
  for (auto const& row : rows) {
    posts.push_back(row.last_post);
    senders.push_back(row.sender);
  }
  StatusParts statuses(r, render, rows.front().account, std::move(posts));
  AccountParts accounts(r, render, std::move(senders));

  std::vector<entities::NotificationRequest> out;
  for (auto const& row : rows) {
    auto const* account = accounts.find(row.sender);
    if (!account) continue;
    auto& entity = out.emplace_back(
        entities::NotificationRequest{.id = row.id.str(),
                                      .created_at = row.created_at,
                                      .updated_at = row.updated_at,
                                      .notifications_count = std::to_string(row.notifications),
                                      .account = {*account}});
    if (auto const* status = statuses.find(row.last_post)) entity.last_status = json::Raw{*status};
  }
  return out;
}

entities::PolicySummary make_summary(db::Reader& r, AccountId account) {
  auto pending = store::pending_requests(r, account);
  return {.pending_requests_count = pending.requests, .pending_notifications_count = pending.notifications};
}

}  // namespace

std::string render_notification(db::Reader& r, Renderer& render, AccountId viewer, NotificationId id) {
  auto row = store::find_notification(r, viewer, id);
  if (!row) return {};
  auto list = make_list(r, render, viewer, {*row});
  return list.empty() ? std::string() : json::to_json(list.front());
}

std::string render_notification_list(db::Reader& r, Renderer& render, AccountId viewer,
                                     std::vector<store::Notification> const& rows) {
  return json::to_json(make_list(r, render, viewer, rows));
}

std::string render_policy(db::Reader& r, AccountId account) {
  auto policy = store::notification_policy(r, account);
  auto word = [](store::PolicyAction action) { return std::string(store::name_of(action)); };
  return json::to_json(entities::NotificationPolicy{.for_not_following = word(policy.for_not_following),
                                                    .for_not_followers = word(policy.for_not_followers),
                                                    .for_new_accounts = word(policy.for_new_accounts),
                                                    .for_private_mentions = word(policy.for_private_mentions),
                                                    .for_limited_accounts = word(policy.for_limited_accounts),
                                                    .summary = make_summary(r, account)});
}

std::string render_v1_policy(db::Reader& r, AccountId account) {
  auto policy = store::notification_policy(r, account);
  auto filters = [](store::PolicyAction action) { return action != store::PolicyAction::accept; };
  return json::to_json(
      entities::V1NotificationPolicy{.filter_not_following = filters(policy.for_not_following),
                                     .filter_not_followers = filters(policy.for_not_followers),
                                     .filter_new_accounts = filters(policy.for_new_accounts),
                                     .filter_private_mentions = filters(policy.for_private_mentions),
                                     .summary = make_summary(r, account)});
}

std::string render_requests(db::Reader& r, Renderer& render,
                            std::vector<store::NotificationRequest> const& rows) {
  return json::to_json(make_requests(r, render, rows));
}

std::string render_request(db::Reader& r, Renderer& render, store::NotificationRequest const& row) {
  auto list = make_requests(r, render, {row});
  if (list.empty()) refuse(Refusal::not_found, "Record not found");
  return json::to_json(list.front());
}

}  // namespace posy::api
