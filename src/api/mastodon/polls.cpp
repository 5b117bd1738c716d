// Polls. (docs.joinmastodon.org/methods/polls)
#include "api/mastodon/routes.hpp"
#include "api/render/renderer.hpp"
#include "social/poll.hpp"

namespace posy::api {
namespace {

using http::Method;

struct VoteParams {
  std::vector<std::int64_t> choices;
};
BOOST_DESCRIBE_STRUCT(VoteParams, (), (choices))

Task<http::Response> show(Api& api, Request const& request) {
  auto id = request.id<PollId>("id").value();
  auto load = [&](db::Reader& r) {
    social::find_visible_poll(r, request.viewer(), id);
    return api.render.poll(r, request.viewer(), id);
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> vote(Api& api, Request const& request) {
  auto id = request.id<PollId>("id").value();
  auto params = request.read<VoteParams>();
  auto act = [&](db::Writer& w) { social::vote(w, request.account(), id, params.choices); };
  co_await api.db.write(act);
  auto load = [&](db::Reader& r) { return api.render.poll(r, request.viewer(), id); };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

constexpr Route routes[] = {
    {Method::get, "/api/v1/polls/:id", visitors_or(Scope::read_statuses), show},
    {Method::post, "/api/v1/polls/:id/votes", Scope::write_statuses, vote},
};

}  // namespace

std::span<Route const> polls_routes() {
  return routes;
}

}  // namespace posy::api
