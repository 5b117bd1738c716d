// What one has bookmarked. (docs.joinmastodon.org/methods/bookmarks)
#include "api/mastodon/marked_posts.hpp"
#include "api/mastodon/routes.hpp"

namespace posy::api {
namespace {

Task<http::Response> list(Api& api, Request const& request) {
  Task<http::Response> marked = list_marked(api, request, store::bookmarks_by);
  co_return co_await std::move(marked);
}

constexpr Route routes[] = {
    {http::Method::get, "/api/v1/bookmarks", Scope::read_bookmarks, list},
};

}  // namespace

std::span<Route const> bookmarks_routes() {
  return routes;
}

}  // namespace posy::api
