// Following and featuring hashtags. (docs.joinmastodon.org/methods/tags, followed_tags, featured_tags)
#include "api/mastodon/paging.hpp"
#include "api/mastodon/routes.hpp"
#include "api/render/tag.hpp"
#include "json/write.hpp"
#include "social/tags.hpp"

namespace posy::api {
namespace {

using http::Method;

constexpr int suggestions_max = 10;

Task<http::Response> show_tag(Api& api, Request const& request) {
  std::string_view name = request.http.path_param("name");
  auto load = [&](db::Reader& r) {
    return json::to_json(make_tag(r, api.site, request.viewer(), social::find_tag(r, name)));
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

// A verb on the tag in the path, and the tag as it is then.
template <class Act>
Task<http::Response> act_on(Api& api, Request const& request, Act act) {
  auto change = [&](db::Writer& w) { act(w, request.account(), request.http.path_param("name")); };
  co_await api.db.write(change);
  http::Response response = co_await show_tag(api, request);
  co_return response;
}

Task<http::Response> follow(Api& api, Request const& request) {
  return act_on(api, request, social::follow_tag);
}

Task<http::Response> unfollow(Api& api, Request const& request) {
  return act_on(api, request, social::unfollow_tag);
}

Task<http::Response> feature(Api& api, Request const& request) {
  return act_on(api, request, social::feature_tag);
}

Task<http::Response> unfeature(Api& api, Request const& request) {
  auto act = [](db::Writer& w, AccountId who, std::string_view name) { social::unfeature_tag(w, who, name); };
  return act_on(api, request, act);
}

struct Shown {
  std::string body;
  std::vector<RowId> rows;
};

Task<http::Response> followed(Api& api, Request const& request) {
  auto page = read_page(request, 100, 200);
  auto load = [&](db::Reader& r) {
    Shown out;
    std::vector<TagId> ids;
    for (auto const& row : store::followed_tags(r, request.account(), page)) {
      ids.push_back(row.tag);
      out.rows.push_back(row.row);
    }
    out.body = json::to_json(make_tags(r, api.site, request.viewer(), ids));
    return out;
  };
  Shown shown = co_await api.db.read(load);
  auto response = http::json(std::move(shown.body));
  add_links(response, api, request, page, shown.rows);
  co_return response;
}

Task<http::Response> featured(Api& api, Request const& request) {
  auto load = [&](db::Reader& r) {
    auto rows = store::featured_tags(r, request.account());
    return json::to_json(make_featured_tags(r, api.site, request.account(), rows));
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

struct NameParams {
  std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(NameParams, (), (name))

Task<http::Response> add_featured(Api& api, Request const& request) {
  auto name = request.read<NameParams>().name.value_or("");
  auto act = [&](db::Writer& w) { return social::feature_tag(w, request.account(), name); };
  store::FeaturedTag row = co_await api.db.write(act);
  auto load = [&](db::Reader& r) {
    return json::to_json(make_featured_tags(r, api.site, request.account(), {row}).at(0));
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> remove_featured(Api& api, Request const& request) {
  auto id = request.id<RowId>("id").value();
  auto act = [&](db::Writer& w) { social::unfeature_tag(w, request.account(), id); };
  co_await api.db.write(act);
  co_return http::json("{}");
}

Task<http::Response> suggestions(Api& api, Request const& request) {
  auto load = [&](db::Reader& r) {
    auto ids = store::most_used_tags(r, request.account(), suggestions_max);
    return json::to_json(make_tags(r, api.site, request.viewer(), ids));
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

constexpr Route routes[] = {
    {Method::get, "/api/v1/tags/:name", visitors_or(Scope::read_statuses), show_tag},
    {Method::post, "/api/v1/tags/:name/follow", Scope::write_follows, follow},
    {Method::post, "/api/v1/tags/:name/unfollow", Scope::write_follows, unfollow},
    {Method::post, "/api/v1/tags/:name/feature", Scope::write_accounts, feature},
    {Method::post, "/api/v1/tags/:name/unfeature", Scope::write_accounts, unfeature},
    {Method::get, "/api/v1/followed_tags", Scope::read_follows, followed},
    {Method::get, "/api/v1/featured_tags", Scope::read_accounts, featured},
    {Method::post, "/api/v1/featured_tags", Scope::write_accounts, add_featured},
    {Method::get, "/api/v1/featured_tags/suggestions", Scope::read_accounts, suggestions},
    {Method::delete_, "/api/v1/featured_tags/:id", Scope::write_accounts, remove_featured},
};

}  // namespace

std::span<Route const> tags_routes() {
  return routes;
}

}  // namespace posy::api
