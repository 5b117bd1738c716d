// Whether what a request set off in the background has ended. (docs.joinmastodon.org/methods/async_refreshes)
//
// The only kind is the search for what people elsewhere said in a thread: its id is that of the post that was opened.
#include "api/mastodon/routes.hpp"
#include "json/write.hpp"
#include "social/remote_refresh.hpp"

namespace posy::api {
namespace {

struct AsyncRefresh {
  std::string id;
  std::string status;
  int result_count = 0;
};
BOOST_DESCRIBE_STRUCT(AsyncRefresh, (), (id, status, result_count))

struct Answer {
  AsyncRefresh async_refresh;
};
BOOST_DESCRIBE_STRUCT(Answer, (), (async_refresh))

Task<http::Response> show(Api& api, Request const& request) {
  auto id = request.id<PostId>("id").value();
  auto load = [&](db::Reader& r) { return social::find_visible_post(r, request.viewer(), id).value().id; };
  co_await api.db.read(load);
  auto found = api.refresh ? api.refresh->thread_refresh(id) : std::nullopt;
  if (!found) refuse(Refusal::not_found, not_found().message);
  Answer answer{{id.str(), found->is_running ? "running" : "finished", found->found}};
  co_return http::json(json::to_json(answer));
}

constexpr Route routes[] = {
    {http::Method::get, "/api/v1_alpha/async_refreshes/:id", Scope::read_statuses, show},
};

}  // namespace

std::span<Route const> async_refreshes_routes() {
  return routes;
}

}  // namespace posy::api
