#include "api/render/report.hpp"

#include "api/entities/report.hpp"
#include "api/render/page_parts.hpp"
#include "json/write.hpp"

namespace posy::api {

std::vector<store::ReportId> reports_named_by(std::vector<store::Notification> const& notifications) {
  std::vector<store::ReportId> out;
  for (auto const& row : notifications)
    if (row.report) out.push_back(row.report);
  return out;
}

std::unordered_map<store::ReportId, std::string> render_reports(db::Reader& r, Renderer& render,
                                                                std::vector<store::ReportId> const& ids) {
  auto reports = store::reports_by_id(r, ids);
  if (reports.empty()) return {};
  std::unordered_map<store::ReportId, std::vector<std::string>> posts, collections;
  for (auto const& row : store::reported_posts(r, ids)) posts[row.report].push_back(row.post.str());
  for (auto const& row : store::reported_collections(r, ids))
    collections[row.report].push_back(row.collection.str());
  std::vector<AccountId> targets;
  for (auto const& report : reports) targets.push_back(report.target);
  AccountParts accounts(r, render, std::move(targets));

  std::unordered_map<store::ReportId, std::string> out;
  for (auto const& report : reports) {
    auto const* target = accounts.find(report.target);
    if (!target) continue;
    entities::Report entity{
        .id = report.id.str(),
        .action_taken = report.action_taken_at.has_value(),
        .action_taken_at = report.action_taken_at,
        .category = report.category,
        .comment = report.comment,
        .forwarded = report.forward,
        .created_at = report.created_at,
        .status_ids = std::move(posts[report.id]),
        .collection_ids = std::move(collections[report.id]),
        .target_account = json::Raw{*target},
    };
    out.emplace(report.id, json::to_json(entity));
  }
  return out;
}

std::string render_report(db::Reader& r, Renderer& render, store::ReportId id) {
  auto rendered = render_reports(r, render, {id});
  if (rendered.empty()) refuse(Refusal::not_found, not_found().message);
  return std::move(rendered.begin()->second);
}

}  // namespace posy::api
