// What this server can do (RFC 8414), and who a token belongs to (OpenID Connect Core, section 5.3, in part).
#include "api/oauth/routes.hpp"
#include "json/write.hpp"
#include "store/account.hpp"

namespace posy::api {
namespace {

using http::Method;

struct Metadata {
  std::string issuer;
  std::string service_documentation = "https://docs.joinmastodon.org/";
  std::string authorization_endpoint;
  std::string token_endpoint;
  std::string app_registration_endpoint;
  std::string revocation_endpoint;
  std::string userinfo_endpoint;
  std::vector<std::string> scopes_supported = scope_names();
  std::vector<std::string> response_types_supported = {"code"};
  std::vector<std::string> response_modes_supported = {"query"};
  std::vector<std::string> grant_types_supported = {"authorization_code", "client_credentials"};
  std::vector<std::string> token_endpoint_auth_methods_supported = {"client_secret_basic",
                                                                    "client_secret_post"};
  std::vector<std::string> code_challenge_methods_supported = {"S256"};
};
BOOST_DESCRIBE_STRUCT(Metadata, (),
                      (issuer, service_documentation, authorization_endpoint, token_endpoint,
                       app_registration_endpoint, revocation_endpoint, userinfo_endpoint, scopes_supported,
                       response_types_supported, response_modes_supported, grant_types_supported,
                       token_endpoint_auth_methods_supported, code_challenge_methods_supported))

struct UserInfo {
  std::string iss;
  std::string sub;
  std::string name;
  std::string preferred_username;
  std::string profile;
  std::string picture;
};
BOOST_DESCRIBE_STRUCT(UserInfo, (), (iss, sub, name, preferred_username, profile, picture))

Task<http::Response> show(Api& api, Request const&) {
  auto const& base = api.site.base_url;
  Metadata metadata{.issuer = base,
                    .authorization_endpoint = base + "/oauth/authorize",
                    .token_endpoint = base + "/oauth/token",
                    .app_registration_endpoint = base + "/api/v1/apps",
                    .revocation_endpoint = base + "/oauth/revoke",
                    .userinfo_endpoint = base + "/oauth/userinfo"};
  co_return http::json(json::to_json(metadata));
}

Task<http::Response> user_info(Api& api, Request const& request) {
  auto load = [&](db::Reader& r) { return store::find_account(r, request.account()); };
  std::optional<store::Account> account = co_await api.db.read(load);
  if (!account) refuse(Refusal::not_found, "Record not found");
  UserInfo info{.iss = api.site.base_url,
                .sub = api.site.account_uri(*account),
                .name = account->display_name,
                .preferred_username = account->username,
                .profile = api.site.account_url(*account),
                .picture = api.site.avatar_url(*account)};
  co_return http::json(json::to_json(info));
}

constexpr Route routes[] = {
    {Method::get, "/.well-known/oauth-authorization-server", Scope::open, show},
    {Method::get, "/oauth/userinfo", Scope::profile, user_info},
    {Method::post, "/oauth/userinfo", Scope::profile, user_info},
};

}  // namespace

std::span<Route const> oauth_metadata_routes() {
  return routes;
}

}  // namespace posy::api
