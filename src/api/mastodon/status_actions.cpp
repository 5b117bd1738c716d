// What people do with a post: favourite, boost, bookmark, pin, mute; and who did.
// (docs.joinmastodon.org/methods/statuses)
#include "api/mastodon/paging.hpp"
#include "api/mastodon/routes.hpp"
#include "api/render/words.hpp"
#include "api/render/renderer.hpp"
#include "social/boost.hpp"
#include "social/favourite.hpp"
#include "social/hidden.hpp"
#include "social/mark.hpp"
#include "social/original.hpp"
#include "store/interaction.hpp"

namespace posy::api {
namespace {

using http::Method;

constexpr int accounts_default = 40;
constexpr int accounts_max = 80;

struct BoostParams {
  std::optional<std::string> visibility;
};
BOOST_DESCRIBE_STRUCT(BoostParams, (), (visibility))

using Verb = store::Post (*)(db::Writer& w, AccountId who, PostId id);

// The verb, and then the post as it is now.
template <Verb verb>
Task<http::Response> act_on(Api& api, Request const& request) {
  auto id = request.id<PostId>("id").value();
  auto act = [&](db::Writer& w) { return verb(w, request.account(), id).id; };
  PostId post = co_await api.db.write(act);
  auto show = [&](db::Reader& r) { return api.render.status(r, request.viewer(), post); };
  std::string body = co_await api.db.read(show);
  co_return http::json(std::move(body));
}

Task<http::Response> boost(Api& api, Request const& request) {
  auto id = request.id<PostId>("id").value();
  auto params = request.read<BoostParams>();
  std::optional<store::Visibility> visibility;
  if (params.visibility && !params.visibility->empty()) visibility = parse_visibility(*params.visibility);
  auto act = [&](db::Writer& w) { return social::boost(w, request.account(), id, visibility).id; };
  PostId post = co_await api.db.write(act);
  auto show = [&](db::Reader& r) { return api.render.status(r, request.viewer(), post); };
  std::string body = co_await api.db.read(show);
  co_return http::json(std::move(body));
}

Task<http::Response> pin(Api& api, Request const& request) {
  auto id = request.id<PostId>("id").value();
  auto act = [&](db::Writer& w) { return social::pin(w, api.site, request.account(), id).id; };
  PostId post = co_await api.db.write(act);
  auto show = [&](db::Reader& r) { return api.render.status(r, request.viewer(), post); };
  std::string body = co_await api.db.read(show);
  co_return http::json(std::move(body));
}

// A page of those who did something: their rows' ids are the cursors.
struct People {
  std::vector<RowId> cursors;
  std::vector<AccountId> accounts;
  std::string body;
};

People favouriters(db::Reader& r, PostId post, store::Page const& page) {
  People out;
  for (auto const& row : store::favourites_of(r, post, page)) {
    out.cursors.push_back(row.id);
    out.accounts.push_back(row.account);
  }
  return out;
}

People boosters(db::Reader& r, PostId post, store::Page const& page) {
  People out;
  for (auto const& row : store::boosts_of(r, post, page)) {
    out.cursors.push_back(RowId{row.id.value});
    out.accounts.push_back(row.author);
  }
  return out;
}

template <People (*find)(db::Reader&, PostId, store::Page const&)>
Task<http::Response> list_people(Api& api, Request const& request) {
  auto id = request.id<PostId>("id").value();
  auto page = read_page(request, accounts_default, accounts_max);
  auto load = [&](db::Reader& r) {
    auto post = social::find_original(r, request.viewer(), id);
    People people = find(r, post.id, page);
    auto hidden = social::hidden_authors(r, request.viewer(), people.accounts);
    std::erase_if(people.accounts, [&](AccountId account) { return hidden.contains(account); });
    people.body = api.render.accounts(r, people.accounts);
    return people;
  };
  People people = co_await api.db.read(load);
  auto response = http::json(std::move(people.body));
  add_links(response, api, request, page, people.cursors);
  co_return response;
}

constexpr Route routes[] = {
    {Method::post, "/api/v1/statuses/:id/favourite", Scope::write_favourites, act_on<social::favourite>},
    {Method::post, "/api/v1/statuses/:id/unfavourite", Scope::write_favourites, act_on<social::unfavourite>},
    {Method::post, "/api/v1/statuses/:id/reblog", Scope::write_statuses, boost},
    {Method::post, "/api/v1/statuses/:id/unreblog", Scope::write_statuses, act_on<social::unboost>},
    {Method::post, "/api/v1/statuses/:id/bookmark", Scope::write_bookmarks, act_on<social::bookmark>},
    {Method::post, "/api/v1/statuses/:id/unbookmark", Scope::write_bookmarks, act_on<social::unbookmark>},
    {Method::post, "/api/v1/statuses/:id/pin", Scope::write_accounts, pin},
    {Method::post, "/api/v1/statuses/:id/unpin", Scope::write_accounts, act_on<social::unpin>},
    {Method::post, "/api/v1/statuses/:id/mute", Scope::write_mutes, act_on<social::mute_thread>},
    {Method::post, "/api/v1/statuses/:id/unmute", Scope::write_mutes, act_on<social::unmute_thread>},
    {Method::get, "/api/v1/statuses/:id/favourited_by", visitors_or(Scope::read_accounts), list_people<favouriters>},
    {Method::get, "/api/v1/statuses/:id/reblogged_by", visitors_or(Scope::read_accounts), list_people<boosters>},
};

}  // namespace

std::span<Route const> status_actions_routes() {
  return routes;
}

}  // namespace posy::api
