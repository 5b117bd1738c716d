// The server's own emoji. (docs.joinmastodon.org/methods/custom_emojis)
#include "api/mastodon/routes.hpp"
#include "api/render/account.hpp"
#include "json/write.hpp"

namespace posy::api {
namespace {

Task<http::Response> list(Api& api, Request const&) {
  auto load = [&](db::Reader& r) { return json::to_json(make_emojis(api.site, store::local_emojis(r))); };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

constexpr Route routes[] = {
    {http::Method::get, "/api/v1/custom_emojis", Scope::open, list},
};

}  // namespace

std::span<Route const> custom_emojis_routes() {
  return routes;
}

}  // namespace posy::api
