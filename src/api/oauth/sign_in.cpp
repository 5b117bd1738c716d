// Signing in and out with a browser.
#include "api/oauth/page.hpp"
#include "api/oauth/routes.hpp"
#include "api/oauth/session.hpp"
#include "api/oauth/sign_in_throttle.hpp"
#include "api/pool_result.hpp"
#include "crypto/password.hpp"
#include "social/register.hpp"
#include "text/normalize.hpp"

namespace posy::api {
namespace {

using http::Method;

constexpr std::string_view wrong = "That name and password do not belong together.";
constexpr std::string_view too_often = "Too many attempts. Please wait a quarter of an hour.";
constexpr std::string_view out_of_date = "This form is out of date. Please try again.";

struct SignInParams {
  std::optional<std::string> username;
  std::optional<std::string> password;
  std::optional<std::string> return_to;
};
BOOST_DESCRIBE_STRUCT(SignInParams, (), (username, password, return_to))

http::Response sign_in_page(Api const& api, Request const& request, SignInParams const& params,
                            std::string_view complaint = {}, unsigned status = 200) {
  auto guard = make_form_guard(api.site, request.http);
  html::Values values;
  values.set("CSRF", guard.field).set("RETURN_TO", safe_return(params.return_to.value_or(std::string(home_path()))));
  values.set("USERNAME", params.username.value_or("")).set_if_any("COMPLAINT", complaint);
  values.show(params.username.value_or("").empty() ? "IF_NAME_FIRST" : "IF_PASSWORD_FIRST");
  values.show_if(api.site.registrations != social::Registrations::closed, "IF_SIGN_UP");
  auto response =
      form_page(api, {.title = "Sign in", .content = "auth_sign_in.html", .status = status}, values);
  set_form_cookie(response, api.site, guard);
  return response;
}

Task<http::Response> show(Api& api, Request const& request) {
  co_return sign_in_page(api, request, request.read<SignInParams>());
}

// What checking a password takes time for, done on the pool.
struct Checked {
  bool matches = false;
  std::string new_hash;  // where the old one was made with other costs
};

Checked check(std::optional<store::Login> const& login, std::string const& password) {
  Checked out{.matches = social::password_matches(login, password), .new_hash = {}};
  if (out.matches && crypto::needs_rehash(login->password_hash))
    out.new_hash = crypto::hash_password(password);
  return out;
}

// The login of a name, and from where its person has signed in.
struct Named {
  std::optional<store::Login> login;
  std::vector<std::string> addresses;
};

Named find_named(db::Reader& r, std::string const& name) {
  Named named{social::find_login_named(r, name), {}};
  if (named.login) named.addresses = store::session_addresses(r, named.login->account);
  return named;
}

bool is_too_often(Api& api, Request const& request, std::string const& name, Named const& named) {
  // Counted by account where there is one, so that name and email are not two doors.
  auto counted = named.login ? named.login->account.str() : text::fold_username(name.substr(0, 320));
  SignInAttempt attempt{std::move(counted), request.http.peer, named.addresses};
  return !may_try_password(api.limiter, attempt, api.clock.now());
}

std::string let_in(db::Writer& w, Api const& api, Request const& request, store::Login login,
                   Checked const& checked) {
  social::may_sign_in(w, login).value();
  if (!checked.new_hash.empty()) {
    login.password_hash = checked.new_hash;
    store::update_login(w, login);
  }
  return start_session(w, api.site, login.account, request.http);
}

Task<http::Response> sign_in(Api& api, Request const& request) {
  auto params = request.read<SignInParams>();
  if (!is_from_form(api, request)) co_return sign_in_page(api, request, params, out_of_date, 403);
  auto name = params.username.value_or("");
  auto password = params.password.value_or("");
  auto find = [&](db::Reader& r) { return find_named(r, name); };
  Named named = co_await api.db.read(find);
  if (is_too_often(api, request, name, named)) co_return sign_in_page(api, request, params, too_often, 429);

  auto const& login = named.login;
  auto work = [login, password] { return check(login, password); };
  Task<Checked> checking = pool_result(api.pool, work);
  Checked checked = co_await std::move(checking);
  if (!checked.matches) co_return sign_in_page(api, request, params, wrong, 401);
  auto may = [&](db::Reader& r) { return social::may_sign_in(r, *login); };
  Result<> allowed = co_await api.db.read(may);
  if (!allowed) co_return message_page(api, 403, "Not yet", allowed.error().message + ".");

  auto act = [&](db::Writer& w) { return let_in(w, api, request, *login, checked); };
  std::string secret = co_await api.db.write(act);
  auto response = http::redirect(303, safe_return(params.return_to.value_or(std::string(home_path()))));
  response.headers.set("Cache-Control", "no-store");
  set_session_cookie(response, api.site, secret);
  co_return response;
}

Task<http::Response> show_sign_out(Api& api, Request const& request) {
  Task<std::optional<store::WebSession>> finding = find_session(api, request.http);
  std::optional<store::WebSession> session = co_await std::move(finding);
  if (!session) co_return http::redirect(303, "/auth/sign_in");
  html::Values values;
  values.set("CSRF", session->csrf);
  co_return form_page(api, {.title = "Sign out", .content = "auth_sign_out.html"}, values);
}

Task<http::Response> sign_out(Api& api, Request const& request) {
  Task<std::optional<store::WebSession>> finding = find_session(api, request.http);
  std::optional<store::WebSession> session = co_await std::move(finding);
  if (session && !is_from_session(api, request, *session))
    co_return message_page(api, 403, "Please try again", out_of_date);
  auto act = [&](db::Writer& w) { end_session(w, api.site, request.http); };
  co_await api.db.write(act);
  auto response = http::redirect(303, "/");
  clear_session_cookie(response, api.site);
  co_return response;
}

constexpr Route routes[] = {
    {Method::get, "/auth/sign_in", Scope::open, show},
    {Method::post, "/auth/sign_in", Scope::open, sign_in, Rate::sign_in},
    {Method::get, "/auth/sign_out", Scope::open, show_sign_out},
    {Method::post, "/auth/sign_out", Scope::open, sign_out},
};

}  // namespace

std::span<Route const> sign_in_routes() {
  return routes;
}

}  // namespace posy::api
