// Asking the person: may this application act for her? (RFC 6749, section 4.1;
// docs.joinmastodon.org/methods/oauth)
#include "api/oauth/authorization.hpp"
#include "api/oauth/page.hpp"
#include "api/oauth/redirect_uri.hpp"
#include "api/oauth/routes.hpp"
#include "api/oauth/scope_words.hpp"
#include "api/oauth/session.hpp"
#include "base/encoding.hpp"
#include "base/random.hpp"
#include "crypto/digest.hpp"

namespace posy::api {
namespace {

using http::Method;

constexpr std::chrono::minutes code_age{10};

struct ForceParam {
  std::optional<bool> force_login;
};
BOOST_DESCRIBE_STRUCT(ForceParam, (), (force_login))

struct DecisionParam {
  std::optional<std::string> decision;  // "allow"; anything else denies
};
BOOST_DESCRIBE_STRUCT(DecisionParam, (), (decision))

struct CodeParam {
  std::optional<std::string> code;
};
BOOST_DESCRIBE_STRUCT(CodeParam, (), (code))

http::Response tell_application(std::string const& location) {
  auto response = http::redirect(303, location);
  response.headers.set("Cache-Control", "no-store");
  return response;
}

http::Response show_problem(Api const& api, AuthorizeProblem const& problem) {
  if (problem.redirect_uri.empty())
    return message_page(api, 400, "This application made a mistake", problem.description);
  return tell_application(
      answer_address(problem.redirect_uri, "error", problem.error, problem.description, problem.state));
}

// This very request, to come back to after signing in. Without force_login: it has been heeded then.
std::string address_of(AuthorizeParams const& params) {
  auto value = [](std::optional<std::string> const& text) {
    return text ? std::string_view(*text) : std::string_view();
  };
  return with_params("/oauth/authorize", {{"response_type", value(params.response_type)},
                                          {"client_id", value(params.client_id)},
                                          {"redirect_uri", value(params.redirect_uri)},
                                          {"scope", value(params.scope)},
                                          {"state", value(params.state)},
                                          {"code_challenge", value(params.code_challenge)},
                                          {"code_challenge_method", value(params.code_challenge_method)}});
}

std::string sign_in_address(AuthorizeParams const& params) {
  return "/auth/sign_in?return_to=" + percent_encode(address_of(params));
}

// Everything about the request, found in one read.
struct Asked {
  std::optional<store::App> app;
  CheckedAuthorization checked;
};

Task<Asked> read_request(Api& api, AuthorizeParams const& params) {
  auto load = [&](db::Reader& r) { return store::find_app_by_client_id(r, params.client_id.value_or("")); };
  std::optional<store::App> app = co_await api.db.read(load);
  Asked asked{app, check_authorization(app, params)};
  co_return asked;
}

// Our own desk (web/) needs no consent: the code goes nowhere but to this one page of ours, which takes none that it has
// not asked for, and with a challenge is of no use to whoever else reads it.
bool is_desk(Api const& api, Authorization const& asked) {
  return asked.redirect_uri == api.site.base_url + "/desk/signed-in" && !asked.challenge.empty();
}

http::Response consent_page(Api const& api, AuthorizeParams const& params, store::App const& app,
                            Authorization const& asked, store::WebSession const& session,
                            store::Account const& account) {
  html::Values values;
  values.set("APP", app.name).set_if_any("WEBSITE", app.website);
  values.set("HANDLE", "@" + account.username + "@" + api.site.account_domain)
      .set("AVATAR", api.site.avatar_url(account));
  values.set("NAME", account.display_name.empty() ? account.username : account.display_name);
  values.set("SIGN_IN_URL", sign_in_address(params));
  for (auto const& words : words_for(asked.scopes))
    values.section("SCOPE").set("SCOPE_TITLE", words.title).set("SCOPE_DETAIL", words.detail);
  values.set("CSRF", session.csrf).set("CLIENT_ID", app.client_id).set("REDIRECT_URI", asked.redirect_uri);
  values.set("SCOPES", asked.scopes).set("STATE", asked.state).set("CHALLENGE", asked.challenge);
  auto title = "Authorize " + app.name;
  FormPage page{
      .title = title, .content = "auth_consent.html", .form_action = csp_source(asked.redirect_uri)};
  return form_page(api, page, values);
}

std::string make_code(db::Writer& w, store::App const& app, AccountId account, Authorization const& asked) {
  auto code = random_token();
  store::insert_code(w, {.code_hash = crypto::sha256_hex(code),
                         .app = app.id,
                         .account = account,
                         .redirect_uri = asked.redirect_uri,
                         .scopes = asked.scopes,
                         .challenge = asked.challenge,
                         .expires_at = w.now() + code_age});
  return code;
}

Task<http::Response> ask(Api& api, Request const& request) {
  auto params = request.read<AuthorizeParams>();
  Task<Asked> reading = read_request(api, params);
  Asked asked = co_await std::move(reading);
  if (!asked.checked.authorization) co_return show_problem(api, asked.checked.problem);

  Task<std::optional<store::WebSession>> finding = find_session(api, request.http);
  std::optional<store::WebSession> session = co_await std::move(finding);
  if (!session || request.read<ForceParam>().force_login.value_or(false))
    co_return tell_application(sign_in_address(params));
  auto load = [&](db::Reader& r) { return store::find_account(r, session->account); };
  std::optional<store::Account> account = co_await api.db.read(load);
  if (!account) co_return tell_application(sign_in_address(params));
  auto const& wanted = *asked.checked.authorization;
  if (!is_desk(api, wanted)) co_return consent_page(api, params, *asked.app, wanted, *session, *account);
  auto act = [&](db::Writer& w) { return make_code(w, *asked.app, account->id, wanted); };
  std::string code = co_await api.db.write(act);
  co_return tell_application(answer_address(wanted.redirect_uri, "code", code, "", wanted.state));
}

Task<http::Response> decide(Api& api, Request const& request) {
  auto params = request.read<AuthorizeParams>();
  Task<std::optional<store::WebSession>> finding = find_session(api, request.http);
  std::optional<store::WebSession> session = co_await std::move(finding);
  if (!session) co_return tell_application(sign_in_address(params));
  if (!is_from_session(api, request, *session))
    co_return message_page(api, 403, "Please try again",
                           "This form is out of date. Go back to the application and start again.");
  Task<Asked> reading = read_request(api, params);
  Asked asked = co_await std::move(reading);
  if (!asked.checked.authorization) co_return show_problem(api, asked.checked.problem);

  auto const& wanted = *asked.checked.authorization;
  bool shown = wanted.redirect_uri == out_of_band;
  if (request.read<DecisionParam>().decision != "allow") {
    if (shown)
      co_return message_page(api, 200, "Nothing was shared",
                             "The application has no access to your account. You can close this window.");
    co_return tell_application(
        answer_address(wanted.redirect_uri, "error", "access_denied",
                       "The resource owner or authorization server denied the request.", wanted.state));
  }
  auto act = [&](db::Writer& w) { return make_code(w, *asked.app, session->account, wanted); };
  std::string code = co_await api.db.write(act);
  // Some clients look for the code in the address of the page that shows it, as with Mastodon.
  if (shown) co_return tell_application("/oauth/authorize/native?code=" + code);
  co_return tell_application(answer_address(wanted.redirect_uri, "code", code, "", wanted.state));
}

Task<http::Response> show_code(Api& api, Request const& request) {
  html::Values values;
  values.set("CODE", request.read<CodeParam>().code.value_or(""));
  co_return form_page(api, {.title = "Your code", .content = "auth_code.html"}, values);
}

constexpr Route routes[] = {
    {Method::get, "/oauth/authorize", Scope::open, ask},
    {Method::post, "/oauth/authorize", Scope::open, decide},
    {Method::get, "/oauth/authorize/native", Scope::open, show_code},
};

}  // namespace

std::span<Route const> authorize_routes() {
  return routes;
}

}  // namespace posy::api
