// Home, public, hashtag, link and list timelines. (docs.joinmastodon.org/methods/timelines)
#include "api/mastodon/paging.hpp"
#include "api/mastodon/routes.hpp"
#include "api/render/renderer.hpp"
#include "social/timelines.hpp"
#include "text/normalize.hpp"

namespace posy::api {
namespace {

using http::Method;

constexpr int limit_default = 20;
constexpr int limit_max = 40;
// Names in any[], all[] and none[] together.
constexpr std::size_t tags_max = 16;

struct PublicParams {
  std::optional<bool> local;
  std::optional<bool> remote;
  std::optional<bool> only_media;
};
BOOST_DESCRIBE_STRUCT(PublicParams, (), (local, remote, only_media))

struct TagParams {
  std::string hashtag;
  std::vector<std::string> any;
  std::vector<std::string> all;
  std::vector<std::string> none;
};
BOOST_DESCRIBE_STRUCT(TagParams, (), (hashtag, any, all, none))

social::PublicFilter public_filter(Request const& request) {
  auto params = request.read<PublicParams>();
  return {params.local.value_or(false), params.remote.value_or(false), params.only_media.value_or(false)};
}

// The page as JSON and the ids on it, made in one read.
struct Shown {
  std::string body;
  std::vector<PostId> posts;
};

http::Response answer(Api& api, Request const& request, store::Page const& page, Shown shown) {
  auto response = http::json(std::move(shown.body));
  add_links(response, api, request, page, shown.posts);
  return response;
}

Task<http::Response> home(Api& api, Request const& request) {
  auto page = read_page(request, limit_default, limit_max);
  auto load = [&](db::Reader& r) {
    auto posts = social::home_timeline(r, request.account(), page);
    return Shown{api.render.statuses(r, request.viewer(), posts, Origin::timeline), posts};
  };
  Shown shown = co_await api.db.read(load);
  co_return answer(api, request, page, std::move(shown));
}

Task<http::Response> everyone(Api& api, Request const& request) {
  auto page = read_page(request, limit_default, limit_max);
  auto filter = public_filter(request);
  auto load = [&](db::Reader& r) {
    auto posts = social::public_timeline(r, request.viewer(), filter, page);
    return Shown{api.render.statuses(r, request.viewer(), posts, Origin::timeline), posts};
  };
  Shown shown = co_await api.db.read(load);
  co_return answer(api, request, page, std::move(shown));
}

std::vector<std::string> fold_all(std::vector<std::string> const& names) {
  std::vector<std::string> out;
  for (auto const& name : names) out.push_back(text::fold_tag(name));
  return out;
}

Task<http::Response> tag(Api& api, Request const& request) {
  auto page = read_page(request, limit_default, limit_max);
  auto params = request.read<TagParams>();
  if (params.any.size() + params.all.size() + params.none.size() > tags_max)
    refuse(Refusal::unprocessable, "Validation failed: too many tags");
  social::TagFilter filter{text::fold_tag(params.hashtag), fold_all(params.any), fold_all(params.all),
                           fold_all(params.none), public_filter(request)};
  auto load = [&](db::Reader& r) {
    auto posts = social::tag_timeline(r, request.viewer(), filter, page);
    return Shown{api.render.statuses(r, request.viewer(), posts, Origin::timeline), posts};
  };
  Shown shown = co_await api.db.read(load);
  co_return answer(api, request, page, std::move(shown));
}

struct LinkParams {
  std::string url;
};
BOOST_DESCRIBE_STRUCT(LinkParams, (), (url))

Task<http::Response> link(Api& api, Request const& request) {
  auto page = read_page(request, limit_default, limit_max);
  auto params = request.read<LinkParams>();
  auto load = [&](db::Reader& r) {
    auto posts = social::link_timeline(r, request.viewer(), params.url, page);
    return Shown{api.render.statuses(r, request.viewer(), posts, Origin::timeline), posts};
  };
  Shown shown = co_await api.db.read(load);
  co_return answer(api, request, page, std::move(shown));
}

Task<http::Response> list(Api& api, Request const& request) {
  auto page = read_page(request, limit_default, limit_max);
  auto id = request.id<ListId>("list_id").value();
  auto load = [&](db::Reader& r) {
    auto owner = r.find<AccountId>("select account from list where id = $1", id);
    if (owner != request.account()) refuse(Refusal::not_found, "Record not found");
    auto posts = social::list_timeline(r, request.account(), id, page);
    return Shown{api.render.statuses(r, request.viewer(), posts, Origin::timeline), posts};
  };
  Shown shown = co_await api.db.read(load);
  co_return answer(api, request, page, std::move(shown));
}

constexpr Route routes[] = {
    {Method::get, "/api/v1/timelines/home", Scope::read_statuses, home},
    {Method::get, "/api/v1/timelines/public", visitors_or(Scope::read_statuses), everyone},
    {Method::get, "/api/v1/timelines/tag/:hashtag", visitors_or(Scope::read_statuses), tag},
    {Method::get, "/api/v1/timelines/link", visitors_or(Scope::read_statuses), link},
    {Method::get, "/api/v1/timelines/list/:list_id", Scope::read_lists, list},
};

}  // namespace

std::span<Route const> timelines_routes() { return routes; }

}  // namespace posy::api
