// Web Push. (docs.joinmastodon.org/methods/push)
#include "api/mastodon/routes.hpp"

namespace posy::api {
namespace {

// Nobody can subscribe yet, so nobody has a subscription: apps ask for one when they start, and take this
// documented answer for "push is off".
Task<http::Response> show(Api&, Request const&) {
  co_return http::error(404, "Record not found");
}

constexpr Route routes[] = {
    {http::Method::get, "/api/v1/push/subscription", Scope::push, show},
};

}  // namespace

std::span<Route const> push_routes() {
  return routes;
}

}  // namespace posy::api
