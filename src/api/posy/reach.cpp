// How far posts go: what one would cost, and what its author prefers for her answers. (docs/posy-api.md)
#include "api/entities/delivery.hpp"
#include "api/mastodon/status_params.hpp"
#include "api/posy/routes.hpp"
#include "api/render/words.hpp"
#include "json/write.hpp"
#include "social/reach.hpp"

namespace posy::api {
namespace {

using http::Method;

struct PreferencesParams {
  std::optional<store::ReplyReach> reply_reach;
};
BOOST_DESCRIBE_STRUCT(PreferencesParams, (), (reply_reach))

Task<http::Response> cost(Api& api, Request const& request) {
  auto draft = draft_from(request, request.read<StatusParams>());
  auto load = [&](db::Reader& r) {
    auto found = social::cost_of(r, api.site, draft);
    return json::to_json(entities::DeliveryCost{.visibility = std::string(visibility_name(found.visibility)),
                                                .is_answer = found.is_answer,
                                                .reach = std::string(store::name_of(found.reach)),
                                                .followers = found.followers,
                                                .people = found.people});
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

std::string render_preferences(db::Reader& r, AccountId who) {
  auto login = store::find_login(r, who);
  if (!login) refuse(Refusal::not_found, not_found().message);
  return json::to_json(entities::ReachPreferences{
      .reply_reach = std::string(store::name_of(login->reply_reach)),
      .reply_reach_now = std::string(store::name_of(social::reply_reach(r, who))),
      .servers = store::count_inboxes(r, who, {})});
}

Task<http::Response> show(Api& api, Request const& request) {
  auto load = [&](db::Reader& r) { return render_preferences(r, request.account()); };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

Task<http::Response> change(Api& api, Request const& request) {
  auto params = request.read<PreferencesParams>();
  auto act = [&](db::Writer& w) {
    auto login = store::find_login(w, request.account());
    if (login && params.reply_reach) {
      login->reply_reach = *params.reply_reach;
      store::update_login(w, *login);
    }
    return render_preferences(w, request.account());
  };
  std::string body = co_await api.db.write(act);
  co_return http::json(std::move(body));
}

constexpr Route routes[] = {
    {Method::post, "/api/posy/v1/statuses/cost", Scope::read_statuses, cost},
    {Method::get, "/api/posy/v1/preferences", Scope::read_accounts, show},
    {Method::patch, "/api/posy/v1/preferences", Scope::write_accounts, change},
};

}  // namespace

std::span<Route const> posy_reach_routes() {
  return routes;
}

}  // namespace posy::api
