// Letting followers in. (docs.joinmastodon.org/methods/follow_requests)
#include "api/mastodon/people.hpp"
#include "api/mastodon/routes.hpp"
#include "api/render/relationship.hpp"
#include "social/follow.hpp"

namespace posy::api {
namespace {

using http::Method;

Task<http::Response> list(Api& api, Request const& request) {
  auto page = read_page(request, people_default, people_max);
  auto load = [&](db::Reader& r) {
    return show_people(api, r, store::follow_requests_to(r, request.account(), page));
  };
  People people = co_await api.db.read(load);
  co_return answer_people(api, request, page, std::move(people));
}

using Verb = void (*)(db::Writer&, AccountId, AccountId);

template <Verb verb>
Task<http::Response> decide(Api& api, Request const& request) {
  auto from = request.id<AccountId>("account_id").value();
  auto act = [&](db::Writer& w) { verb(w, request.account(), from); };
  co_await api.db.write(act);
  auto show = [&](db::Reader& r) { return render_relationship(r, request.account(), from); };
  std::string body = co_await api.db.read(show);
  co_return http::json(std::move(body));
}

constexpr Route routes[] = {
    {Method::get, "/api/v1/follow_requests", Scope::read_follows, list},
    {Method::post, "/api/v1/follow_requests/:account_id/authorize", Scope::write_follows,
     decide<social::accept_follow>},
    {Method::post, "/api/v1/follow_requests/:account_id/reject", Scope::write_follows,
     decide<social::reject_follow>},
};

}  // namespace

std::span<Route const> follow_requests_routes() {
  return routes;
}

}  // namespace posy::api
