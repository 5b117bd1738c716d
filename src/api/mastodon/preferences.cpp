// What somebody prefers, for apps to follow. (docs.joinmastodon.org/methods/preferences)
#include <map>
#include <variant>

#include "api/mastodon/routes.hpp"
#include "api/render/credential_account.hpp"
#include "api/render/words.hpp"
#include "json/write.hpp"
#include "store/login.hpp"

namespace posy::api {
namespace {

using Preference = std::variant<std::monostate, bool, std::string>;

std::string render(store::Login const& login) {
  std::map<std::string, Preference> out;
  out["posting:default:visibility"] = std::string(visibility_name(login.default_visibility));
  out["posting:default:sensitive"] = login.default_sensitive;
  out["posting:default:language"] =
      login.default_language.empty() ? Preference{} : Preference{login.default_language};
  out["posting:default:quote_policy"] = std::string(quote_policy_name(login.default_quote_policy));
  out["reading:expand:media"] = login.expand_media;
  out["reading:expand:spoilers"] = login.expand_spoilers;
  out["reading:autoplay:gifs"] = login.autoplay_gifs;
  return json::to_json(out);
}

Task<http::Response> show(Api& api, Request const& request) {
  auto load = [&](db::Reader& r) {
    auto login = store::find_login(r, request.account());
    if (!login) refuse(Refusal::not_found, not_found().message);
    return render(*login);
  };
  std::string body = co_await api.db.read(load);
  co_return http::json(std::move(body));
}

constexpr Route routes[] = {
    {http::Method::get, "/api/v1/preferences", Scope::read_accounts, show},
};

}  // namespace

std::span<Route const> preferences_routes() {
  return routes;
}

}  // namespace posy::api
