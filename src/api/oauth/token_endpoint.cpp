// Tokens for codes and for applications, and taking them back. (RFC 6749, RFC 7009;
// docs.joinmastodon.org/methods/oauth)
#include "api/oauth/client.hpp"
#include "api/oauth/routes.hpp"
#include "api/oauth/token.hpp"
#include "crypto/digest.hpp"
#include "json/write.hpp"

namespace posy::api {
namespace {

using http::Method;

constexpr std::string_view client_failed =
    "Client authentication failed due to unknown client, no client authentication included, or unsupported "
    "authentication method.";
constexpr std::string_view grant_failed =
    "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used "
    "in the "
    "authorization request, or was issued to another client.";
constexpr std::string_view scope_failed = "The requested scope is invalid, unknown, or malformed.";

struct TokenParams {
  std::optional<std::string> grant_type;
  std::optional<std::string> code;
  std::optional<std::string> redirect_uri;
  std::optional<std::string> code_verifier;
  std::optional<std::string> scope;
};
BOOST_DESCRIBE_STRUCT(TokenParams, (), (grant_type, code, redirect_uri, code_verifier, scope))

struct RevokeParams {
  std::optional<std::string> token;
};
BOOST_DESCRIBE_STRUCT(RevokeParams, (), (token))

struct TokenEntity {
  std::string access_token;
  std::string token_type = "Bearer";
  std::string scope;
  std::int64_t created_at = 0;  // seconds
};
BOOST_DESCRIBE_STRUCT(TokenEntity, (), (access_token, token_type, scope, created_at))

http::Response show_token(Api const& api, std::string secret, std::string scopes) {
  return secret_json(json::to_json(TokenEntity{.access_token = std::move(secret),
                                               .scope = std::move(scopes),
                                               .created_at = to_milliseconds(api.clock.now()) / 1000}));
}

Task<http::Response> for_code(Api& api, store::App const& app, TokenParams const& params) {
  CodeExchange exchange{.app = app.id,
                        .code = params.code.value_or(""),
                        .redirect_uri = params.redirect_uri.value_or(""),
                        .verifier = params.code_verifier.value_or("")};
  auto act = [&](db::Writer& w) { return exchange_code(w, exchange); };
  std::optional<ExchangedToken> token = co_await api.db.write(act);
  if (!token) co_return oauth_error("invalid_grant", grant_failed);
  co_return show_token(api, std::move(token->secret), std::move(token->scopes));
}

Task<http::Response> for_application(Api& api, store::App const& app, TokenParams const& params) {
  auto scope = normalize_scopes(params.scope.value_or("read"));
  auto wanted = Scopes::parse(scope);
  auto registered = Scopes::parse(app.scopes);
  if (!wanted || wanted->empty() || !registered || !registered->contains(*wanted))
    co_return oauth_error("invalid_scope", scope_failed);
  auto act = [&](db::Writer& w) { return issue_token(w, app.id, AccountId{}, scope); };
  std::string secret = co_await api.db.write(act);
  co_return show_token(api, std::move(secret), std::move(scope));
}

Task<http::Response> create_token(Api& api, Request const& request) {
  auto params = request.read<TokenParams>();
  Task<std::optional<store::App>> asking = authenticate_client(api, request);
  std::optional<store::App> app = co_await std::move(asking);
  if (!app) co_return oauth_error("invalid_client", client_failed);
  auto grant = params.grant_type.value_or("");
  if (grant.empty()) co_return oauth_error("invalid_request", "Missing required parameter: grant_type.");
  if (grant != "authorization_code" && grant != "client_credentials")
    co_return oauth_error("unsupported_grant_type",
                          "The authorization grant type is not supported by the authorization server.");
  bool by_code = grant == "authorization_code";
  Task<http::Response> answering = by_code ? for_code(api, *app, params) : for_application(api, *app, params);
  http::Response response = co_await std::move(answering);
  co_return response;
}

Task<http::Response> revoke(Api& api, Request const& request) {
  auto secret = request.read<RevokeParams>().token.value_or("");
  Task<std::optional<store::App>> asking = authenticate_client(api, request);
  std::optional<store::App> app = co_await std::move(asking);
  if (!app) co_return oauth_error("invalid_client", client_failed);
  auto hash = crypto::sha256_hex(secret);
  // True: done, or there is no such token, which is the same (RFC 7009, section 2.2).
  auto act = [&](db::Writer& w) {
    auto token = store::find_token(w, hash);
    if (token && token->app != app->id) return false;
    if (token) revoke_token(w, token->id);
    return true;
  };
  bool done = co_await api.db.write(act);
  if (done) co_return http::json("{}");
  auto response = oauth_error("unauthorized_client", "You are not authorized to revoke this token");
  response.status = 403;
  co_return response;
}

constexpr Route routes[] = {
    {Method::post, "/oauth/token", Scope::open, create_token},
    {Method::post, "/oauth/revoke", Scope::open, revoke},
};

}  // namespace

std::span<Route const> token_routes() {
  return routes;
}

}  // namespace posy::api
