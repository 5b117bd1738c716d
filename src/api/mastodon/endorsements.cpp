// Whom somebody shows on her profile. (docs.joinmastodon.org/methods/endorsements)
#include "api/mastodon/people.hpp"
#include "api/mastodon/routes.hpp"

namespace posy::api {
namespace {

Task<http::Response> list(Api& api, Request const& request) {
  auto page = read_page(request, people_default, people_max);
  auto load = [&](db::Reader& r) {
    return show_people(api, r, store::endorsements_of(r, request.account(), page));
  };
  People people = co_await api.db.read(load);
  co_return answer_people(api, request, page, std::move(people));
}

constexpr Route routes[] = {
    {http::Method::get, "/api/v1/endorsements", Scope::read_accounts, list},
};

}  // namespace

std::span<Route const> endorsements_routes() {
  return routes;
}

}  // namespace posy::api
