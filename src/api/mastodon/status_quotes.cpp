// Who quotes a post, and who may. (docs.joinmastodon.org/methods/statuses)
#include "api/mastodon/paging.hpp"
#include "api/mastodon/routes.hpp"
#include "api/render/words.hpp"
#include "api/render/renderer.hpp"
#include "social/quote.hpp"

namespace posy::api {
namespace {

using http::Method;

constexpr int limit_default = 20;
constexpr int limit_max = 40;

struct PolicyParams {
  std::string quote_approval_policy;
};
BOOST_DESCRIBE_STRUCT(PolicyParams, (), (quote_approval_policy))

struct Shown {
  std::string body;
  std::vector<PostId> posts;
};

Task<http::Response> list(Api& api, Request const& request) {
  auto id = request.id<PostId>("id").value();
  auto page = read_page(request, limit_default, limit_max);
  auto load = [&](db::Reader& r) {
    auto post = social::find_visible_post(r, request.viewer(), id).value();
    auto quotes = store::quotes_of(r, post.id, page);
    return Shown{api.render.statuses(r, request.viewer(), quotes), quotes};
  };
  Shown shown = co_await api.db.read(load);
  auto response = http::json(std::move(shown.body));
  add_links(response, api, request, page, shown.posts);
  co_return response;
}

Task<http::Response> revoke(Api& api, Request const& request) {
  auto id = request.id<PostId>("id").value();
  auto quoting = request.id<PostId>("quoting_status_id").value();
  auto act = [&](db::Writer& w) { social::revoke_quote(w, request.account(), id, quoting); };
  co_await api.db.write(act);
  auto show = [&](db::Reader& r) { return api.render.status(r, request.viewer(), quoting); };
  std::string body = co_await api.db.read(show);
  co_return http::json(std::move(body));
}

Task<http::Response> set_policy(Api& api, Request const& request) {
  auto id = request.id<PostId>("id").value();
  auto policy = parse_quote_policy(request.read<PolicyParams>().quote_approval_policy);
  auto act = [&](db::Writer& w) { social::set_quote_policy(w, request.account(), id, policy); };
  co_await api.db.write(act);
  auto show = [&](db::Reader& r) { return api.render.status(r, request.viewer(), id); };
  std::string body = co_await api.db.read(show);
  co_return http::json(std::move(body));
}

constexpr Route routes[] = {
    {Method::get, "/api/v1/statuses/:id/quotes", Scope::read_statuses, list},
    {Method::post, "/api/v1/statuses/:id/quotes/:quoting_status_id/revoke", Scope::write_statuses, revoke},
    {Method::put, "/api/v1/statuses/:id/interaction_policy", Scope::write_statuses, set_policy},
};

}  // namespace

std::span<Route const> status_quotes_routes() {
  return routes;
}

}  // namespace posy::api
