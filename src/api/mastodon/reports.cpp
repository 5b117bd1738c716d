// Telling the moderators. (docs.joinmastodon.org/methods/reports)
#include "api/entities/report.hpp"
#include "api/mastodon/routes.hpp"
#include "api/render/renderer.hpp"
#include "json/write.hpp"
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

template <class I>
std::vector<std::string> texts(std::vector<I> const& ids) {
  std::vector<std::string> out;
  for (auto id : ids) out.push_back(id.str());
  return out;
}

std::string render(Api& api, db::Reader& r, store::Report const& report) {
  // Not forwarded, whatever was wished: nothing is told to other servers yet.
  entities::Report out{
      .id = report.id.str(),
      .action_taken = report.action_taken_at.has_value(),
      .action_taken_at = report.action_taken_at,
      .category = report.category,
      .comment = report.comment,
      .created_at = report.created_at,
      .status_ids = texts(store::reported_posts(r, report.id)),
      .collection_ids = texts(store::reported_collections(r, report.id)),
      .target_account = json::Raw{api.render.account(r, report.target)},
  };
  return json::to_json(out);
}

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
  auto show = [&](db::Reader& r) { return render(api, r, report); };
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
