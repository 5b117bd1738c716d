// What one has favourited. (docs.joinmastodon.org/methods/favourites)
#include "api/mastodon/marked_posts.hpp"
#include "api/mastodon/routes.hpp"

namespace posy::api {
namespace {

Task<http::Response> list(Api& api, Request const& request) {
  Task<http::Response> marked = list_marked(api, request, store::favourites_by);
  co_return co_await std::move(marked);
}

constexpr Route routes[] = {
    {http::Method::get, "/api/v1/favourites", Scope::read_favourites, list},
};

}  // namespace

std::span<Route const> favourites_routes() {
  return routes;
}

}  // namespace posy::api
