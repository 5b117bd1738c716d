#include "api/gate/gate.hpp"

#include <gmock/gmock.h>

#include "api/gate/token_cache.hpp"
#include "api/test_site.hpp"
#include "store/login.hpp"

namespace posy::api::testing {
namespace {

Task<http::Response> ok(Api&, Request const& request) {
  co_return http::text(request.account().str());
}
Task<http::Response> refused(Api&, Request const&) {
  refuse(Refusal::conflict, "no");
  co_return http::text("");
}

constexpr Route probe[] = {
    {http::Method::get, "/open", Scope::open, ok},
    {http::Method::get, "/anybody", visitors_or(Scope::read_statuses), ok},
    {http::Method::get, "/token", Scope::any_token, ok},
    {http::Method::get, "/user", Scope::any_user, ok},
    {http::Method::get, "/statuses", Scope::read_statuses, ok},
    {http::Method::post, "/statuses", Scope::write_statuses, ok},
    {http::Method::post, "/media", Scope::write_media, ok, Rate::media},
    {http::Method::post, "/apps", Scope::open, ok, Rate::app_registration},
    {http::Method::get, "/refused", Scope::open, refused},
};

class GateTest : public ::testing::Test {
 protected:
  std::string token(AccountId account, std::string_view scopes) {
    return site.write([&](db::Writer& w) { return issue_token(w, AppId{}, account, scopes); });
  }
  Answer get(std::string const& path, std::string const& token = {}) { return ask(path, token, false); }
  Answer post(std::string const& path, std::string const& token = {}) { return ask(path, token, true); }
  Answer ask(std::string const& path, std::string const& token, bool post) {
    Browser app(site);
    if (!token.empty()) app.headers["Authorization"] = "Bearer " + token;
    return post ? app.post(path, {}) : app.get(path);
  }

  TestSite site{{probe}};
  AccountId alice = site.add_person("alice", "correct horse");
};

TEST_F(GateTest, TokensOpenWhatTheirScopesSay) {
  auto all = token(alice, "read write");
  auto narrow = token(alice, "read:statuses");
  auto other = token(alice, "read:accounts write:media follow push");
  EXPECT_EQ(get("/statuses", all).body, alice.str());
  EXPECT_EQ(get("/statuses", narrow).status, 200u);
  EXPECT_EQ(post("/statuses", narrow).status, 403u);
  EXPECT_EQ(post("/media", narrow).status, 403u);
  EXPECT_EQ(get("/statuses", other).status, 403u);
  EXPECT_EQ(post("/media", other).status, 200u);
  EXPECT_EQ(get("/statuses", other).body, R"({"error":"This action is outside the authorized scopes"})");
  EXPECT_EQ(get("/user", narrow).status, 200u);
}

TEST_F(GateTest, VisitorsAndFalseTokensStayOutside) {
  for (std::string bad : {"", "wrong", "a b", "'; drop table"}) {
    EXPECT_EQ(get("/statuses", bad).status, 401u) << bad;
    EXPECT_EQ(get("/token", bad).status, 401u) << bad;
    EXPECT_EQ(get("/open", bad).body, "0") << bad;
    EXPECT_EQ(get("/anybody", bad).status, bad.empty() ? 200u : 401u) << bad;
  }
  EXPECT_EQ(get("/anybody").body, "0");
  EXPECT_EQ(get("/anybody", token(alice, "read")).body, alice.str());
  EXPECT_EQ(get("/anybody", token(alice, "write push")).status, 403u) << "what she alone may read is on such pages";
  EXPECT_EQ(get("/statuses").body, R"({"error":"The access token is invalid"})");
}

TEST_F(GateTest, TokensOfApplicationsAreNobodys) {
  auto app = token(AccountId{}, "read");
  EXPECT_EQ(get("/token", app).status, 200u);
  EXPECT_EQ(get("/user", app).status, 422u);
  EXPECT_EQ(get("/statuses", app).body, R"({"error":"This method requires an authenticated user"})");
  EXPECT_EQ(get("/anybody", app).body, "0");
}

TEST_F(GateTest, TokensComeInThreePlaces) {
  auto good = token(alice, "read");
  Browser app(site);
  EXPECT_EQ(app.get("/statuses?access_token=" + good).status, 200u);
  app.headers["Sec-WebSocket-Protocol"] = good;
  EXPECT_EQ(app.get("/statuses").status, 200u);
  app.headers = {{"authorization", "bearer " + good}};
  EXPECT_EQ(app.get("/statuses").status, 200u);
  app.headers = {{"Authorization", "Basic " + good}};
  EXPECT_EQ(app.get("/statuses").status, 401u);
}

TEST_F(GateTest, ARevokedTokenIsForgottenAtOnce) {
  auto good = token(alice, "read");
  EXPECT_EQ(get("/statuses", good).status, 200u);
  site.write([&](db::Writer& w) {
    for (auto id : w.all<TokenId>("select id from oauth_token")) revoke_token(w, id);
  });
  EXPECT_EQ(get("/statuses", good).status, 401u);
  EXPECT_EQ(get("/anybody", good).status, 401u) << "she is not to look signed out";
}

TEST_F(GateTest, WhoMayNotSignInIsToldWhy) {
  auto good = token(alice, "read");
  site.write([&](db::Writer& w) { w.run("update login set disabled_at = 5 where account = $1", alice); });
  auto answer = get("/statuses", good);
  EXPECT_EQ(answer.status, 403u);
  EXPECT_EQ(answer.body, R"({"error":"Your login is currently disabled"})");
  EXPECT_EQ(get("/anybody", good).body, answer.body);
  EXPECT_EQ(get("/open", good).body, "0");
}

TEST_F(GateTest, EveryAnswerTellsTheRate) {
  for (auto path : {"/open", "/refused", "/statuses"}) {
    auto answer = get(path);
    EXPECT_EQ(answer.header("X-RateLimit-Limit"), "7500") << path;
    EXPECT_LT(std::stoi(answer.header("X-RateLimit-Remaining")), 7500) << path;
    EXPECT_TRUE(parse_rfc3339(answer.header("X-RateLimit-Reset"))) << path;
  }
  EXPECT_EQ(get("/statuses", token(alice, "read")).header("X-RateLimit-Limit"), "300");
}

TEST_F(GateTest, LimitsEndAndBeginAgain) {
  auto first = token(alice, "write"), second = token(alice, "write");
  for (int i = 0; i < 30; ++i) EXPECT_EQ(post("/media", i % 2 ? first : second).status, 200u);
  auto answer = post("/media", first);
  EXPECT_EQ(answer.status, 429u);
  EXPECT_EQ(answer.header("X-RateLimit-Remaining"), "0");
  EXPECT_FALSE(answer.header("Retry-After").empty());
  EXPECT_EQ(post("/statuses", first).status, 200u) << "other routes go on";
  site.clock.advance(std::chrono::minutes(31));
  EXPECT_EQ(post("/media", first).status, 200u);
}

TEST_F(GateTest, RegistrationIsCountedByAddress) {
  auto good = token(alice, "read");
  for (int i = 0; i < 25; ++i) post("/apps", i % 2 ? good : "");
  EXPECT_EQ(post("/apps", good).status, 429u);
}

TEST(GateExempt, TrustedNetworksAreNotLimited) {
  TestSite site({probe}, true);
  Browser app(site);
  for (int i = 0; i < 40; ++i) EXPECT_EQ(app.post("/apps", {}).status, 200u);
  EXPECT_EQ(app.last.header("X-RateLimit-Remaining"), "25");
}

TEST(ScopeText, IsDividedByBlanksOnceItIsInside) {
  for (auto text : {"read write", "read,write", "read+write", " read  write ", ",read, +write+"})
    EXPECT_EQ(normalize_scopes(text), "read write") << text;
  EXPECT_EQ(normalize_scopes(" ,+ "), "");
  EXPECT_FALSE(Scopes::parse("read,write"));
  EXPECT_FALSE(Scopes::parse("read+write"));
  EXPECT_TRUE(Scopes::parse("read write"));
}

TEST(TokenCache, IsBoundedAndRefusesWhatWasRevokedMeanwhile) {
  TokenCache cache(100);
  Time now = from_milliseconds(1000), later = from_milliseconds(2000);
  for (int i = 1; i <= 1000; ++i)
    cache.put(std::to_string(i), Who{.token = TokenId{i}}, later, cache.generation());
  EXPECT_LE(cache.size(), 120u);
  EXPECT_TRUE(cache.find("1000", now));
  EXPECT_FALSE(cache.find("1000", later)) << "too old";

  auto generation = cache.generation();
  cache.put("a", Who{.token = TokenId{5000}}, later, generation);
  EXPECT_TRUE(cache.find("a", now));
  cache.forget(TokenId{5000});
  EXPECT_FALSE(cache.find("a", now));
  cache.put("a", Who{.token = TokenId{5000}}, later, generation);
  EXPECT_FALSE(cache.find("a", now)) << "read before, put after";
  cache.put("b", Who{.token = TokenId{5001}}, later, cache.generation());
  cache.forget(TokenId{});
  EXPECT_EQ(cache.size(), 0u);
}

}  // namespace
}  // namespace posy::api::testing
