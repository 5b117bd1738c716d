// Scheduled posts. (docs.joinmastodon.org/methods/scheduled_statuses)
#include "social/scheduled.hpp"

#include "api/mastodon/paging.hpp"
#include "api/mastodon/routes.hpp"
#include "api/render/scheduled.hpp"
#include "json/write.hpp"

namespace posy::api {
namespace {

using http::Method;

constexpr int limit_default = 20;
constexpr int limit_max = 40;

struct RescheduleParams {
  std::optional<Time> scheduled_at;
};
BOOST_DESCRIBE_STRUCT(RescheduleParams, (), (scheduled_at))

struct Shown {
  std::string body;
  std::vector<RowId> ids;
};

Task<http::Response> list(Api& api, Request const& request) {
  auto page = read_page(request, limit_default, limit_max);
  auto load = [&](db::Reader& r) {
    auto posts = store::scheduled_by(r, request.account(), page);
    Shown shown{json::to_json(load_scheduled(r, api.site, posts)), {}};
    for (auto const& post : posts) shown.ids.push_back(post.id);
    return shown;
  };
  Shown shown = co_await api.db.read(load);
  auto response = http::json(std::move(shown.body));
  add_links(response, api, request, page, shown.ids);
  co_return response;
}

Task<http::Response> show_scheduled(Api& api, Request const& request, RowId id) {
  auto load = [&](db::Reader& r) {
    auto post = social::find_own_scheduled(r, request.account(), id);
    return json::to_json(load_scheduled(r, api.site, {post}).front());
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> show(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  Task<http::Response> shown = show_scheduled(api, request, id);
  co_return co_await std::move(shown);
}

Task<http::Response> change(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto params = request.read<RescheduleParams>();
  if (params.scheduled_at) {
    auto act = [&](db::Writer& w) {
      social::reschedule(w, api.site, request.account(), id, *params.scheduled_at);
    };
    co_await api.db.write(act);
  }
  Task<http::Response> shown = show_scheduled(api, request, id);
  co_return co_await std::move(shown);
}

Task<http::Response> cancel(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto act = [&](db::Writer& w) { social::cancel_scheduled(w, request.account(), id); };
  co_await api.db.write(act);
  co_return http::json("{}");
}

constexpr Route routes[] = {
    {Method::get, "/api/v1/scheduled_statuses", Scope::read_statuses, list},
    {Method::get, "/api/v1/scheduled_statuses/:id", Scope::read_statuses, show},
    {Method::put, "/api/v1/scheduled_statuses/:id", Scope::write_statuses, change},
    {Method::delete_, "/api/v1/scheduled_statuses/:id", Scope::write_statuses, cancel},
};

}  // namespace

std::span<Route const> scheduled_routes() {
  return routes;
}

}  // namespace posy::api
