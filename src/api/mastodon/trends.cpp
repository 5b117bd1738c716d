// What is talked about. (docs.joinmastodon.org/methods/trends)
#include "social/trends.hpp"
#include "api/mastodon/kept.hpp"
#include "api/mastodon/offset_paging.hpp"
#include "api/mastodon/routes.hpp"
#include "api/render/renderer.hpp"
#include "api/render/tag.hpp"
#include "json/write.hpp"

namespace posy::api {
namespace {

using http::Method;

Task<http::Response> tags(Api& api, Request const& request) {
  auto page = read_offset_page(request, 10, 20);
  auto find = [](db::Reader& r) { return social::trending_tags(r); };
  std::vector<TagId> all = co_await find_kept(api, api.numbers.trending_tags, find);
  std::vector<TagId> ids = slice(all, page);
  auto load = [&](db::Reader& r) { return json::to_json(make_tags(r, api.site, request.viewer(), ids)); };
  std::string body = co_await api.db.read(load);
  auto response = http::json(std::move(body));
  add_offset_links(response, api, request, page, ids.size());
  co_return response;
}

Task<http::Response> statuses(Api& api, Request const& request) {
  auto page = read_offset_page(request, 20, 40);
  auto find = [](db::Reader& r) { return social::trending_posts(r); };
  std::vector<PostId> all = co_await find_kept(api, api.numbers.trending_posts, find);
  std::vector<PostId> ids = slice(all, page);
  auto load = [&](db::Reader& r) {
    auto posts = social::without_hidden(r, request.viewer(), ids);
    return api.render.statuses(r, request.viewer(), posts);
  };
  std::string body = co_await api.db.read(load);
  auto response = http::json(std::move(body));
  add_offset_links(response, api, request, page, ids.size());
  co_return response;
}

// A trending link is shown as a preview, and this server makes none: it knows the title of no page.
Task<http::Response> links(Api&, Request const&) {
  co_return http::json("[]");
}

constexpr Route routes[] = {
    {Method::get, "/api/v1/trends", visitors_or(Scope::read_statuses), tags},  // the name before Mastodon 3.5
    {Method::get, "/api/v1/trends/tags", visitors_or(Scope::read_statuses), tags},
    {Method::get, "/api/v1/trends/statuses", visitors_or(Scope::read_statuses), statuses},
    {Method::get, "/api/v1/trends/links", visitors_or(Scope::read_statuses), links},
};

}  // namespace

std::span<Route const> trends_routes() {
  return routes;
}

}  // namespace posy::api
