// Signing up from an app. (docs.joinmastodon.org/methods/accounts/#create)
#include "api/entities/validation_error.hpp"
#include "api/mastodon/routes.hpp"
#include "api/oauth/token.hpp"
#include "api/pool_result.hpp"
#include "crypto/password.hpp"
#include "json/write.hpp"
#include "social/register.hpp"

namespace posy::api {
namespace {

using http::Method;

struct SignUpParams {
  std::optional<std::string> username;
  std::optional<std::string> email;
  std::optional<std::string> password;
  std::optional<bool> agreement;
  std::optional<std::string> locale;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(SignUpParams, (), (username, email, password, agreement, locale, reason))

struct Token {
  std::string access_token;
  std::string token_type;
  std::string scope;
  std::int64_t created_at = 0;  // seconds
};
BOOST_DESCRIBE_STRUCT(Token, (), (access_token, token_type, scope, created_at))

Task<http::Response> sign_up(Api& api, Request const& request) {
  // The token of an application itself: whoever signed in has an account already.
  if (request.account() || !request.who.scopes.allows(Scope::write_accounts) ||
      api.site.registrations == social::Registrations::closed)
    refuse(Refusal::forbidden, forbidden().message);
  auto params = request.read<SignUpParams>();
  social::SignUp form{.username = params.username.value_or(""),
                      .email = params.email.value_or(""),
                      .password = params.password.value_or(""),
                      .agreement = params.agreement.value_or(false),
                      .reason = params.reason.value_or(""),
                      .locale = params.locale.value_or("en")};
  auto check = [&](db::Reader& r) { return social::check_sign_up(r, api.site, form); };
  std::vector<social::Complaint> complaints = co_await api.db.read(check);
  if (!complaints.empty()) co_return http::json(json::to_json(make_validation_error(complaints)), 422);

  auto hash = [password = form.password] { return crypto::hash_password(password); };
  Task<std::string> hashing = pool_result(api.pool, hash);
  std::string password_hash = co_await std::move(hashing);
  auto act = [&](db::Writer& w) {
    AccountId who = social::sign_up(w, api.site, form, password_hash);
    auto scopes = w.one<std::string>("select scopes from oauth_token where id = $1", request.who.token);
    std::string token = issue_token(w, request.who.app, who, scopes);
    return Token{std::move(token), "Bearer", std::move(scopes), to_milliseconds(w.now()) / 1000};
  };
  Token token = co_await api.db.write(act);
  co_return http::json(json::to_json(token));
}

// Nobody is asked to confirm an address here.
Task<http::Response> confirm_again(Api&, Request const&) {
  co_return http::error(403, "This method is only available while the e-mail is awaiting confirmation");
}

constexpr Route routes[] = {
    {Method::post, "/api/v1/accounts", Scope::any_token, sign_up, Rate::sign_up},
    {Method::post, "/api/v1/emails/confirmations", Scope::any_user, confirm_again},
};

}  // namespace

std::span<Route const> registration_routes() {
  return routes;
}

}  // namespace posy::api
