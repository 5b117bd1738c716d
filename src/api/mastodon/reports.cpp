// Telling the moderators. (docs.joinmastodon.org/methods/reports)
#include "api/mastodon/routes.hpp"
#include "api/render/report.hpp"
#include "social/report.hpp"

namespace posy::api {
namespace {

struct ReportParams {
  AccountId account_id;
  std::vector<PostId> status_ids;
  std::vector<store::CollectionId> collection_ids;
  std::vector<std::string> rule_ids;
  std::optional<store::ReportCategory> category;
  std::optional<std::string> comment;
  std::optional<bool> forward;
};
BOOST_DESCRIBE_STRUCT(ReportParams, (),
                      (account_id, status_ids, collection_ids, rule_ids, category, comment, forward))

Task<http::Response> create(Api& api, Request const& request) {
  auto params = request.read<ReportParams>();
  social::ReportDraft draft{.target = params.account_id,
                            .posts = params.status_ids,
                            .collections = params.collection_ids,
                            .category = params.category.value_or(store::ReportCategory::other),
                            .rules = params.rule_ids,
                            .comment = params.comment.value_or(""),
                            .forward = params.forward.value_or(false)};
  auto act = [&](db::Writer& w) { return social::report(w, request.account(), draft); };
  store::Report report = co_await api.db.write(act);
  auto show = [&](db::Reader& r) { return render_report(r, api.render, report.id); };
  std::string body = co_await api.db.read(show);
  co_return http::json(std::move(body));
}

constexpr Route routes[] = {
    {http::Method::post, "/api/v1/reports", Scope::write_reports, create},
};

}  // namespace

std::span<Route const> reports_routes() {
  return routes;
}

}  // namespace posy::api
