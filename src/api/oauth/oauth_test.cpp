// The whole way of an application: registration, consent, code, token, use, revocation.
#include <gmock/gmock.h>

#include "api/oauth/routes.hpp"
#include "api/oauth/scope_words.hpp"
#include "api/test_site.hpp"
#include "base/encoding.hpp"
#include "crypto/digest.hpp"

namespace posy::api::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr auto callback = "https://app.example/cb";
constexpr auto oob = "urn:ietf:wg:oauth:2.0:oob";
std::string const verifier(50, 'v');

Task<http::Response> who_am_i(Api&, Request const& request) {
  co_return http::json("{\"account\":\"" + request.account().str() + "\"}");
}

constexpr Route probe[] = {{http::Method::get, "/me", Scope::read_accounts, who_am_i}};

class Oauth : public ::testing::Test {
 protected:
  struct App {
    std::string id, secret;
  };

  App register_app(std::string const& scopes = "read write", std::string const& uris = callback) {
    Browser app(site);
    auto entity = parse_object(
        app.post("/api/v1/apps", {{"client_name", "An <App>"}, {"redirect_uris", uris}, {"scopes", scopes}}));
    return {std::string(entity.at("client_id").as_string()),
            std::string(entity.at("client_secret").as_string())};
  }
  static Fields request_of(App const& app) {
    return {{"response_type", "code"},
            {"client_id", app.id},
            {"redirect_uri", callback},
            {"scope", "read"},
            {"state", "s t"}};
  }
  static std::string address(Fields const& params) { return "/oauth/authorize?" + encode_form(params); }

  void sign_in(Browser& browser) {
    browser.get("/auth/sign_in");
    browser.post("/auth/sign_in",
                 {{"csrf", browser.hidden("csrf")}, {"username", "alice"}, {"password", "correct horse"}});
    ASSERT_EQ(browser.last.status, 303u) << browser.last.body;
  }
  // Alice says yes; the parameters of the redirect.
  Fields consent(Fields params, std::string const& decision = "allow") {
    Browser browser(site);
    sign_in(browser);
    browser.get(address(params));
    EXPECT_EQ(browser.last.status, 200u) << browser.last.body;
    params["csrf"] = browser.hidden("csrf");
    params["decision"] = decision;
    browser.post("/oauth/authorize", params);
    EXPECT_EQ(browser.last.status, 303u) << browser.last.body;
    return parse_location(browser.last.header("Location"));
  }
  static Fields parse_location(std::string const& location) {
    Fields out{{"", location.substr(0, location.find('?'))}};
    std::string_view rest =
        std::string_view(location).substr(std::min(location.size(), location.find('?') + 1));
    while (!rest.empty()) {
      auto item = rest.substr(0, rest.find('&'));
      rest.remove_prefix(std::min(rest.size(), item.size() + 1));
      out[std::string(item.substr(0, item.find('=')))] = percent_decode(item.substr(item.find('=') + 1));
    }
    return out;
  }
  static Fields exchange(App const& app, std::string const& code) {
    return {{"grant_type", "authorization_code"},
            {"client_id", app.id},
            {"client_secret", app.secret},
            {"code", code},
            {"redirect_uri", callback}};
  }
  Answer ask_token(Fields const& form) {
    Browser app(site);
    return app.post("/oauth/token", form);
  }
  std::string error_of(Answer const& answer) {
    return std::string(parse_object(answer).at("error").as_string());
  }
  std::string token_of(Answer const& answer) {
    EXPECT_EQ(answer.status, 200u) << answer.body;
    return std::string(parse_object(answer).at("access_token").as_string());
  }
  unsigned use(std::string const& token) {
    Browser app(site);
    app.headers["Authorization"] = "Bearer " + token;
    return app.get("/me").status;
  }

  TestSite site{
      {apps_routes(), token_routes(), authorize_routes(), sign_in_routes(), oauth_metadata_routes(), probe}};
  AccountId alice = site.add_person("alice", "correct horse");
};

TEST_F(Oauth, ACodeBecomesATokenThatWorks) {
  auto app = register_app();
  auto answer = consent(request_of(app));
  EXPECT_EQ(answer[""], callback);
  EXPECT_EQ(answer["state"], "s t");
  auto granted = ask_token(exchange(app, answer["code"]));
  EXPECT_EQ(granted.header("Cache-Control"), "no-store");
  auto entity = parse_object(granted);
  EXPECT_EQ(entity.at("token_type").as_string(), "Bearer");
  EXPECT_EQ(entity.at("scope").as_string(), "read");
  EXPECT_EQ(entity.at("created_at").as_int64(), to_milliseconds(site.clock.now()) / 1000);
  auto token = token_of(granted);
  EXPECT_EQ(use(token), 200u);
  auto stored =
      site.read([&](db::Reader& r) { return r.all<std::string>("select token_hash from oauth_token"); });
  EXPECT_THAT(stored, ::testing::ElementsAre(crypto::sha256_hex(token))) << "only the hash is kept";
}

TEST_F(Oauth, ACodeThatComesTwiceRevokesItsToken) {
  auto app = register_app();
  auto code = consent(request_of(app))["code"];
  auto token = token_of(ask_token(exchange(app, code)));
  EXPECT_EQ(use(token), 200u);
  auto again = ask_token(exchange(app, code));
  EXPECT_EQ(again.status, 400u);
  EXPECT_EQ(error_of(again), "invalid_grant");
  EXPECT_EQ(use(token), 401u);
}

TEST_F(Oauth, ACodeIsForItsAppItsAddressAndTenMinutes) {
  auto app = register_app(), other = register_app();
  auto code = consent(request_of(app))["code"];
  EXPECT_EQ(error_of(ask_token(exchange(other, code))), "invalid_grant");
  auto elsewhere = exchange(app, code);
  elsewhere["redirect_uri"] = "https://app.example/other";
  EXPECT_EQ(error_of(ask_token(elsewhere)), "invalid_grant");
  EXPECT_EQ(error_of(ask_token(exchange(app, "made up"))), "invalid_grant");
  site.clock.advance(std::chrono::minutes(11));
  EXPECT_EQ(error_of(ask_token(exchange(app, code))), "invalid_grant");
}

TEST_F(Oauth, PkceNeedsTheVerifier) {
  auto app = register_app();
  auto params = request_of(app);
  params["code_challenge"] = to_base64url(crypto::sha256(verifier));
  params["code_challenge_method"] = "S256";
  auto form = exchange(app, consent(params)["code"]);
  EXPECT_EQ(error_of(ask_token(form)), "invalid_grant") << "no verifier";
  form["code_verifier"] = std::string(50, 'w');
  EXPECT_EQ(error_of(ask_token(form)), "invalid_grant") << "a wrong one";
  form["code_verifier"] = verifier;
  EXPECT_EQ(use(token_of(ask_token(form))), 200u);

  auto without = exchange(app, consent(request_of(app))["code"]);
  without["code_verifier"] = verifier;
  EXPECT_EQ(error_of(ask_token(without)), "invalid_grant") << "a verifier without a challenge";
}

TEST_F(Oauth, OnlyS256IsTaken) {
  auto app = register_app();
  Browser browser(site);
  auto params = request_of(app);
  params["code_challenge"] = verifier;
  for (std::string method : {"plain", ""}) {
    params["code_challenge_method"] = method;
    browser.get(address(params));
    EXPECT_EQ(parse_location(browser.last.header("Location"))["error"], "invalid_request") << method;
  }
}

TEST_F(Oauth, StrangersAddressesAreNeverRedirectedTo) {
  auto app = register_app();
  Browser browser(site);
  sign_in(browser);
  for (std::string uri : {"https://evil.example/cb", "https://app.example/cb/", "https://app.example/cb?x",
                          "HTTPS://app.example/cb", "https://app.example/cb#", "javascript:alert(1)"}) {
    auto params = request_of(app);
    params["redirect_uri"] = uri;
    browser.get(address(params));
    EXPECT_EQ(browser.last.status, 400u) << uri;
    EXPECT_EQ(browser.last.header("Location"), "") << uri;
    params["csrf"] = "x";
    params["decision"] = "allow";
    browser.post("/oauth/authorize", params);
    EXPECT_EQ(browser.last.header("Location"), "") << uri;
  }
  auto unknown = request_of(app);
  unknown["client_id"] = "unknown";
  EXPECT_EQ(browser.get(address(unknown)).status, 400u);
}

TEST_F(Oauth, ErrorsThatTheAppMayKnowAreToldThere) {
  auto app = register_app("read");
  Browser browser(site);
  auto params = request_of(app);
  params["scope"] = "read write";
  browser.get(address(params));
  auto told = parse_location(browser.last.header("Location"));
  EXPECT_EQ(told[""], callback);
  EXPECT_EQ(told["error"], "invalid_scope");
  EXPECT_EQ(told["state"], "s t");
  params = request_of(app);
  params["response_type"] = "token";
  browser.get(address(params));
  EXPECT_EQ(parse_location(browser.last.header("Location"))["error"], "unsupported_response_type");
  EXPECT_EQ(consent(request_of(app), "deny")["error"], "access_denied");
}

TEST_F(Oauth, ConsentNeedsSigningInAndTheFormOfTheSession) {
  auto app = register_app();
  Browser stranger(site);
  stranger.get(address(request_of(app)));
  EXPECT_EQ(stranger.last.status, 303u);
  EXPECT_THAT(stranger.last.header("Location"), StartsWith("/auth/sign_in?return_to=%2Foauth%2Fauthorize"));

  Browser browser(site);
  sign_in(browser);
  auto params = request_of(app);
  browser.get(address(params));
  auto csrf = browser.hidden("csrf");
  params["decision"] = "allow";
  for (std::string wrong : {"", "x", "undefined"}) {
    params["csrf"] = wrong;
    EXPECT_EQ(browser.post("/oauth/authorize", params).status, 403u) << wrong;
  }
  params["csrf"] = csrf;
  browser.headers["Origin"] = "https://evil.example";
  EXPECT_EQ(browser.post("/oauth/authorize", params).status, 403u);
  browser.headers = {{"Sec-Fetch-Site", "cross-site"}};
  EXPECT_EQ(browser.post("/oauth/authorize", params).status, 403u);
  browser.headers = {{"Sec-Fetch-Site", "same-origin"}, {"Origin", "http://posy.test"}};
  EXPECT_EQ(browser.post("/oauth/authorize", params).status, 303u);
}

TEST_F(Oauth, ForceLoginAsksAgainOnce) {
  auto params = request_of(register_app());
  params["force_login"] = "true";
  Browser browser(site);
  sign_in(browser);
  browser.get(address(params));
  EXPECT_EQ(browser.last.status, 303u);
  EXPECT_THAT(browser.last.header("Location"), Not(HasSubstr("force_login")));
}

TEST_F(Oauth, TheConsentPageIsSafeToShow) {
  auto params = request_of(register_app("read write", "myapp://cb"));
  params["redirect_uri"] = "myapp://cb";
  params["state"] = "\"><script>";
  Browser browser(site);
  sign_in(browser);
  auto page = browser.get(address(params));
  EXPECT_THAT(page.body, HasSubstr("An &lt;App&gt;"));
  EXPECT_THAT(page.body, Not(HasSubstr("<script")));
  auto policy = page.header("Content-Security-Policy");
  EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(policy, HasSubstr("form-action 'self' myapp:"));
  EXPECT_EQ(page.header("Cache-Control"), "no-store");
}

TEST_F(Oauth, TheConsentPageNamesEveryScopeHoweverTheyAreDivided) {
  auto app = register_app("read,write+push");
  Browser browser(site);
  sign_in(browser);
  for (auto text : {"write read", "write,read", "write+read", " write,  read "}) {
    auto params = request_of(app);
    params["scope"] = text;
    auto page = browser.get(address(params)).body;
    EXPECT_THAT(page, HasSubstr("Act in your name")) << text;
    EXPECT_THAT(page, HasSubstr("See everything in your account")) << text;
    EXPECT_THAT(page, HasSubstr("name=\"scope\" value=\"write read\"")) << text;
  }
}

TEST(ScopeWords, ThereAreSomeForEveryScope) {
  for (auto const& name : scope_names()) EXPECT_EQ(words_for(name).size(), 1u) << name;
}

TEST_F(Oauth, OutOfBandShowsTheCode) {
  auto app = register_app("read", oob);
  auto params = request_of(app);
  params["redirect_uri"] = oob;
  auto shown = consent(params);
  EXPECT_EQ(shown[""], "/oauth/authorize/native");
  Browser browser(site);
  EXPECT_THAT(browser.get("/oauth/authorize/native?code=" + shown["code"]).body,
              HasSubstr(">" + shown["code"] + "<"));
  EXPECT_THAT(browser.get("/oauth/authorize/native?code=%3Cscript%3E").body, Not(HasSubstr("<script")));
  auto form = exchange(app, shown["code"]);
  form["redirect_uri"] = oob;
  EXPECT_EQ(use(token_of(ask_token(form))), 200u);
}

TEST_F(Oauth, ClientsProveWhoTheyAre) {
  auto app = register_app();
  Fields form{{"grant_type", "client_credentials"}, {"scope", "read"}};
  Browser client(site);
  EXPECT_EQ(client.post("/oauth/token", form).status, 401u);
  client.headers["Authorization"] = "Basic " + to_base64(app.id + ":" + app.secret);
  EXPECT_EQ(client.post("/oauth/token", form).status, 200u);
  client.headers["Authorization"] = "Basic " + to_base64(app.id + ":wrong");
  EXPECT_EQ(error_of(client.post("/oauth/token", form)), "invalid_client");
  EXPECT_EQ(client.last.status, 401u);
  for (auto broken : {"Basic", "Basic ", "Basic !!!", "Basic OnNvbWV0aGluZw=="}) {
    client.headers["Authorization"] = broken;
    EXPECT_EQ(client.post("/oauth/token", form).status, 401u) << broken;
  }
}

TEST_F(Oauth, ApplicationTokensAreNobodys) {
  auto app = register_app("read");
  Fields form{{"client_id", app.id},
              {"client_secret", app.secret},
              {"grant_type", "client_credentials"},
              {"scope", "read"}};
  EXPECT_EQ(use(token_of(ask_token(form))), 422u);
  form["scope"] = "read write";
  EXPECT_EQ(error_of(ask_token(form)), "invalid_scope");
  form["scope"] = "everything";
  EXPECT_EQ(error_of(ask_token(form)), "invalid_scope");
  form["grant_type"] = "password";
  EXPECT_EQ(error_of(ask_token(form)), "unsupported_grant_type");
  form.erase("grant_type");
  EXPECT_EQ(error_of(ask_token(form)), "invalid_request");
}

TEST_F(Oauth, OnlyItsAppRevokesAToken) {
  auto app = register_app(), other = register_app();
  auto token = token_of(ask_token(exchange(app, consent(request_of(app))["code"])));
  EXPECT_EQ(use(token), 200u);
  Browser client(site);
  EXPECT_EQ(
      client
          .post("/oauth/revoke", {{"client_id", other.id}, {"client_secret", other.secret}, {"token", token}})
          .status,
      403u);
  EXPECT_EQ(
      client.post("/oauth/revoke", {{"client_id", app.id}, {"client_secret", "wrong"}, {"token", token}})
          .status,
      401u);
  EXPECT_EQ(use(token), 200u);
  Fields right{{"client_id", app.id}, {"client_secret", app.secret}, {"token", token}};
  EXPECT_EQ(client.post("/oauth/revoke", right).status, 200u);
  EXPECT_EQ(use(token), 401u);
  EXPECT_EQ(client.post("/oauth/revoke", right).status, 200u) << "a token that is gone is no error";
}

TEST_F(Oauth, RegistrationRefusesNonsense) {
  Browser client(site);
  Fields good{{"client_name", "x"}, {"redirect_uris", callback}, {"scopes", "read"}};
  auto with = [&](std::string const& name, std::string const& value) {
    auto form = good;
    form[name] = value;
    return client.post("/api/v1/apps", form).status;
  };
  EXPECT_EQ(with("client_name", "x"), 200u);
  EXPECT_EQ(with("client_name", " "), 422u);
  EXPECT_EQ(with("client_name", std::string(500, 'x')), 422u);
  EXPECT_EQ(with("redirect_uris", "javascript:alert(1)"), 422u);
  EXPECT_EQ(with("redirect_uris", "https://app.example/#x"), 422u);
  EXPECT_EQ(with("scopes", "everything"), 422u);
  EXPECT_EQ(with("website", "javascript:alert(1)"), 422u);
}

TEST_F(Oauth, TheDeskNeedsNoConsentAndNobodyElseGoesWithout) {
  std::string const desk = "http://posy.test/desk/signed-in";
  std::string const lookalike = "http://posy.test.evil.example/desk/";
  auto app = register_app("read write", desk + "\n" + lookalike + "\nhttp://posy.test/desk");
  Browser browser(site);
  auto params = request_of(app);
  params["redirect_uri"] = desk;
  params["code_challenge"] = to_base64url(crypto::sha256(verifier));
  params["code_challenge_method"] = "S256";
  EXPECT_THAT(browser.get(address(params)).header("Location"), StartsWith("/auth/sign_in")) << "she signs in first";
  sign_in(browser);
  auto answer = parse_location(browser.get(address(params)).header("Location"));
  EXPECT_EQ(answer[""], desk);
  EXPECT_EQ(answer["state"], "s t");
  auto form = exchange(app, answer["code"]);
  form["redirect_uri"] = desk;
  EXPECT_EQ(error_of(ask_token(form)), "invalid_grant") << "the code alone is worth nothing";
  form["code_verifier"] = verifier;
  EXPECT_EQ(use(token_of(ask_token(form))), 200u);

  for (std::string uri : {lookalike, std::string("http://posy.test/desk")}) {
    params["redirect_uri"] = uri;
    EXPECT_EQ(browser.get(address(params)).status, 200u) << uri << " must ask";
  }
  params["redirect_uri"] = desk;
  params.erase("code_challenge");
  EXPECT_EQ(browser.get(address(params)).status, 200u) << "without a challenge, too";
}

}  // namespace
}  // namespace posy::api::testing
