// The applications that may act for a person, and her password. (docs/posy-api.md)
#include "api/entities/session.hpp"
#include "api/oauth/sign_in_throttle.hpp"
#include "api/oauth/token.hpp"
#include "api/pool_result.hpp"
#include "api/posy/routes.hpp"
#include "crypto/password.hpp"
#include "json/write.hpp"
#include "social/register.hpp"

namespace posy::api {
namespace {

using http::Method;

constexpr int sessions_max = 200;

struct PasswordParams {
  std::string current_password;
  std::string password;
  std::optional<bool> sign_out_others;
};
BOOST_DESCRIBE_STRUCT(PasswordParams, (), (current_password, password, sign_out_others))

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    auto end = std::min(text.find(' '), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

entities::Session make_session(store::NamedToken const& row, TokenId current) {
  entities::Session out{.id = row.id.str(),
                        .app = row.app_name.value_or(""),
                        .website = {},
                        .scopes = words_of(row.scopes),
                        .created_at = row.created_at,
                        .last_used_at = row.used_at,
                        .current = row.id == current};
  if (row.app_website && !row.app_website->empty()) out.website = row.app_website;
  return out;
}

Task<http::Response> list(Api& api, Request const& request) {
  auto load = [&](db::Reader& r) { return store::tokens_of(r, request.account(), sessions_max); };
  std::vector<store::NamedToken> rows = co_await api.db.read(load);
  std::vector<entities::Session> out;
  for (auto const& row : rows) out.push_back(make_session(row, request.who.token));
  co_return http::json(json::to_json(out));
}

Task<http::Response> end(Api& api, Request const& request) {
  auto id = request.id<TokenId>("id").value();
  auto act = [&](db::Writer& w) {
    if (!store::is_token_of(w, id, request.account())) return false;
    revoke_token(w, id);
    return true;
  };
  bool found = co_await api.db.write(act);
  if (!found) refuse(Refusal::not_found, "Record not found");
  co_return http::json("{}");
}

struct Owner {
  std::optional<store::Login> login;
  std::vector<std::string> addresses;
};

// A token alone, perhaps a stolen one, is not enough, and guessing is counted as at the door.
Task<http::Response> change_password(Api& api, Request const& request) {
  auto params = request.read<PasswordParams>();
  auto find = [&](db::Reader& r) {
    return Owner{store::find_login(r, request.account()), store::session_addresses(r, request.account())};
  };
  Owner owner = co_await api.db.read(find);
  if (!owner.login) refuse(Refusal::not_found, "Record not found");
  SignInAttempt attempt{request.account().str(), request.http.peer, owner.addresses};
  if (!may_try_password(api.limiter, attempt, api.clock.now()))
    refuse(Refusal::too_many, "Too many attempts. Please wait a quarter of an hour.");
  if (auto complaint = social::check_password(params.password))
    refuse(Refusal::unprocessable, "Validation failed: Password " + complaint->description);
  auto work = [login = owner.login, params] {
    bool const matches = social::password_matches(login, params.current_password);
    return matches ? crypto::hash_password(params.password) : std::string();
  };
  Task<std::string> hashing = pool_result(api.pool, work);
  std::string hash = co_await std::move(hashing);
  if (hash.empty()) refuse(Refusal::unprocessable, "The current password is another one");
  auto act = [&](db::Writer& w) {
    social::set_password(w, request.account(), hash);
    if (!params.sign_out_others.value_or(false)) return;
    for (auto const& token : store::tokens_of(w, request.account(), {}))
      if (token.id != request.who.token) revoke_token(w, token.id);
  };
  co_await api.db.write(act);
  co_return http::json("{}");
}

constexpr Route routes[] = {
    {Method::get, "/api/posy/v1/sessions", Scope::read_accounts, list},
    {Method::delete_, "/api/posy/v1/sessions/:id", Scope::write_accounts, end},
    {Method::patch, "/api/posy/v1/password", Scope::write_accounts, change_password, Rate::sign_in},
};

}  // namespace

std::span<Route const> posy_sessions_routes() {
  return routes;
}

}  // namespace posy::api
