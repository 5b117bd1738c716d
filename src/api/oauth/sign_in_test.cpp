#include <gmock/gmock.h>

#include "api/oauth/routes.hpp"
#include "api/oauth/sign_in_link.hpp"
#include "api/oauth/sign_in_throttle.hpp"
#include "api/test_site.hpp"
#include "crypto/digest.hpp"
#include "store/login.hpp"

namespace posy::api::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class SignIn : public ::testing::Test {
 protected:
  Answer try_sign_in(Browser& browser, std::string const& name, std::string const& password,
                     std::string const& to = "/") {
    browser.get("/auth/sign_in");
    return browser.post(
        "/auth/sign_in",
        {{"csrf", browser.hidden("csrf")}, {"username", name}, {"password", password}, {"return_to", to}});
  }
  bool is_signed_in(Browser& browser) { return browser.get("/auth/sign_out").status == 200; }
  std::int64_t sessions() {
    return site.read([](db::Reader& r) { return r.one<std::int64_t>("select count(*) from web_session"); });
  }

  TestSite site{{sign_in_routes(), sign_up_routes(), setup_routes(), sign_in_link_routes()}};
  AccountId alice = site.add_person("alice", "correct horse");
};

TEST_F(SignIn, NameOrEmailAndPasswordOpenASession) {
  for (std::string name : {"alice", "ALICE", "alice@posy.test"}) {
    Browser browser(site);
    auto answer = try_sign_in(browser, name, "correct horse", "/oauth/authorize?x=1");
    EXPECT_EQ(answer.status, 303u) << name;
    EXPECT_EQ(answer.header("Location"), "/oauth/authorize?x=1");
    EXPECT_THAT(answer.header("Set-Cookie"),
                AllOf(HasSubstr("HttpOnly"), HasSubstr("SameSite=Lax"), HasSubstr("Path=/")));
    EXPECT_TRUE(is_signed_in(browser));
    auto hash = crypto::sha256_hex(browser.cookies["posy_session"]);
    EXPECT_TRUE(site.read([&](db::Reader& r) { return store::find_web_session(r, hash); }))
        << "kept as a hash";
  }
}

TEST_F(SignIn, WrongOnesLearnNothing) {
  Browser browser(site);
  auto wrong_password = try_sign_in(browser, "alice", "wrong");
  EXPECT_EQ(wrong_password.status, 401u);
  EXPECT_THAT(wrong_password.body, Not(HasSubstr("value=\"wrong\"")));
  auto wrong_name = try_sign_in(browser, "nobody", "wrong");
  EXPECT_EQ(wrong_name.status, 401u);
  EXPECT_FALSE(is_signed_in(browser));
  EXPECT_EQ(sessions(), 0);
}

TEST_F(SignIn, FormsOfOtherSitesAreRefused) {
  Browser browser(site);
  browser.get("/auth/sign_in");
  Fields form{{"username", "alice"}, {"password", "correct horse"}};
  EXPECT_EQ(browser.post("/auth/sign_in", form).status, 403u) << "no token";
  form["csrf"] = "wrong";
  EXPECT_EQ(browser.post("/auth/sign_in", form).status, 403u);
  browser.get("/auth/sign_in");
  form["csrf"] = browser.hidden("csrf");
  Browser other(site);
  EXPECT_EQ(other.post("/auth/sign_in", form).status, 403u) << "the token of another browser";
  browser.headers["Origin"] = "https://evil.example";
  EXPECT_EQ(browser.post("/auth/sign_in", form).status, 403u);
  EXPECT_EQ(sessions(), 0);
}

TEST_F(SignIn, ReturnsOnlyToOurselves) {
  Browser browser(site);
  EXPECT_EQ(try_sign_in(browser, "alice", "correct horse", "https://evil.example").header("Location"), "/");
  EXPECT_EQ(try_sign_in(browser, "alice", "correct horse", "//evil.example").header("Location"), "/");
}

TEST_F(SignIn, EachSignInHasANewSession) {
  Browser browser(site);
  browser.cookies["posy_session"] = "chosen by somebody else";
  try_sign_in(browser, "alice", "correct horse");
  auto first = browser.cookies["posy_session"];
  EXPECT_NE(first, "chosen by somebody else");
  try_sign_in(browser, "alice", "correct horse");
  EXPECT_NE(browser.cookies["posy_session"], first);
  EXPECT_EQ(sessions(), 1) << "the one before has ended";
}

TEST_F(SignIn, SigningOutEndsTheSession) {
  Browser browser(site);
  try_sign_in(browser, "alice", "correct horse");
  auto stolen = browser.cookies["posy_session"];
  EXPECT_EQ(browser.post("/auth/sign_out", {{"csrf", "wrong"}}).status, 403u);
  EXPECT_TRUE(is_signed_in(browser));
  EXPECT_EQ(browser.post("/auth/sign_out", {{"csrf", browser.hidden("csrf")}}).status, 303u);
  browser.cookies["posy_session"] = stolen;
  EXPECT_FALSE(is_signed_in(browser));
}

TEST_F(SignIn, SessionsAgeAndDisabledPeopleStayOut) {
  Browser browser(site);
  try_sign_in(browser, "alice", "correct horse");
  site.clock.advance(std::chrono::days(80));
  EXPECT_TRUE(is_signed_in(browser));
  site.clock.advance(std::chrono::days(80));
  EXPECT_TRUE(is_signed_in(browser)) << "it was used meanwhile";
  site.write([&](db::Writer& w) { w.run("update login set disabled_at = 5 where account = $1", alice); });
  EXPECT_FALSE(is_signed_in(browser));
  EXPECT_EQ(try_sign_in(browser, "alice", "correct horse").status, 403u);
  site.write([&](db::Writer& w) { w.run("update login set disabled_at = null where account = $1", alice); });
  site.clock.advance(std::chrono::days(91));
  EXPECT_FALSE(is_signed_in(browser)) << "unused for too long";
}

TEST_F(SignIn, AfterAWrongPasswordThePasswordHasTheFocus) {
  Browser browser(site);
  auto has_focus = [&](std::string const& name) {
    auto field = browser.last.body.find("name=\"" + name + "\"");
    auto end = browser.last.body.find('>', field);
    return browser.last.body.substr(field, end - field).ends_with(" autofocus");
  };
  browser.get("/auth/sign_in");
  EXPECT_TRUE(has_focus("username"));
  EXPECT_FALSE(has_focus("password"));
  try_sign_in(browser, "alice", "wrong");
  EXPECT_FALSE(has_focus("username"));
  EXPECT_TRUE(has_focus("password"));
}

TEST_F(SignIn, GuessingAtOneAccountEnds) {
  for (int i = 0; i < 40; ++i)
    may_try_password(site.limiter, {alice.str(), "198.51.100." + std::to_string(i), {}}, site.clock.now());
  Browser browser(site);
  EXPECT_EQ(try_sign_in(browser, "alice", "correct horse").status, 429u);
  EXPECT_EQ(try_sign_in(browser, "alice@posy.test", "correct horse").status, 429u) << "by either name";
  site.clock.advance(std::chrono::minutes(16));
  EXPECT_EQ(try_sign_in(browser, "alice", "correct horse").status, 303u);
}

TEST_F(SignIn, StrangersWhoGuessDoNotLockHerOut) {
  Browser before(site), browser(site);
  EXPECT_EQ(try_sign_in(before, "alice", "correct horse").status, 303u);
  for (int i = 0; i < 40; ++i)
    may_try_password(site.limiter, {alice.str(), "198.51.100." + std::to_string(i), {}}, site.clock.now());
  EXPECT_EQ(try_sign_in(browser, "alice", "correct horse").status, 303u);
}

TEST_F(SignIn, GuessingFromOneAddressEnds) {
  Browser browser(site);
  unsigned status = 0;
  for (int i = 0; i < 51; ++i)
    status = browser.post("/auth/sign_in", {{"username", "u" + std::to_string(i)}}).status;
  EXPECT_EQ(status, 429u);
  EXPECT_FALSE(browser.last.header("Retry-After").empty());
}

TEST_F(SignIn, OnHttpsCookiesAreBoundToTheHost) {
  site.site.base_url = "https://posy.test";
  Browser browser(site);
  auto answer = try_sign_in(browser, "alice", "correct horse");
  EXPECT_THAT(answer.header("Set-Cookie"), AllOf(HasSubstr("__Host-posy_session="), HasSubstr("; Secure")));
}

TEST_F(SignIn, SignUpFollowsTheRegistrationsOfTheServer) {
  Browser browser(site);
  EXPECT_EQ(browser.get("/auth/sign_up").status, 403u);
  site.site.registrations = social::Registrations::open;
  browser.get("/auth/sign_up");
  Fields form{{"username", "bob"},
              {"email", "bob@mail.example"},
              {"password", "a long password"},
              {"agreement", "true"}};
  EXPECT_EQ(browser.post("/auth/sign_up", form).status, 403u) << "no token";
  form["csrf"] = browser.hidden("csrf");
  auto taken = form;
  taken["username"] = "alice";
  EXPECT_EQ(browser.post("/auth/sign_up", taken).status, 422u);
  EXPECT_THAT(browser.last.body, AllOf(HasSubstr("already been taken"), Not(HasSubstr("a long password"))));
  EXPECT_EQ(browser.post("/auth/sign_up", form).status, 303u);
  EXPECT_TRUE(is_signed_in(browser));

  site.site.registrations = social::Registrations::approval;
  Browser other(site);
  other.get("/auth/sign_up");
  form = {{"username", "carol"}, {"email", "c@mail.example"},  {"password", "a long password"},
          {"agreement", "true"}, {"reason", "I like it here"}, {"csrf", other.hidden("csrf")}};
  EXPECT_EQ(other.post("/auth/sign_up", form).status, 200u);
  EXPECT_FALSE(is_signed_in(other)) << "her application waits";
}

TEST_F(SignIn, TheSetupLinkMakesOneOwner) {
  auto link = site.setup.link(site.site);
  auto path = link.substr(site.site.base_url.size());
  auto token = path.substr(path.find('=') + 1);
  Browser browser(site);
  EXPECT_EQ(browser.get("/setup").status, 403u);
  EXPECT_EQ(browser.get("/setup?token=wrong").status, 403u);
  EXPECT_EQ(browser.get(path).status, 200u);
  Fields form{{"username", "olga"},
              {"email", "olga@mail.example"},
              {"password", "a long password"},
              {"token", "wrong"}};
  EXPECT_EQ(browser.post("/setup", form).status, 403u);
  form["token"] = token;
  auto bad = form;
  bad["password"] = "short";
  EXPECT_EQ(browser.post("/setup", bad).status, 422u);
  EXPECT_EQ(browser.post("/setup", form).status, 303u);
  EXPECT_TRUE(is_signed_in(browser));
  EXPECT_TRUE(site.read([](db::Reader& r) { return store::has_owner(r); }));
  form["username"] = "second";
  form["email"] = "second@mail.example";
  EXPECT_EQ(browser.post("/setup", form).status, 410u);
  EXPECT_EQ(browser.get(path).status, 410u);
}

class SignInLink : public SignIn {
 protected:
  std::string path() {
    auto link = site.write([&](db::Writer& w) { return make_sign_in_link(w, site.site, alice); });
    return link.substr(site.site.base_url.size());
  }
};

TEST_F(SignInLink, OpensASessionOnce) {
  auto link = path();
  Browser browser(site);
  auto answer = browser.get(link);
  EXPECT_EQ(answer.status, 303u);
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  EXPECT_TRUE(is_signed_in(browser));
  Browser other(site);
  EXPECT_EQ(other.get(link).status, 410u) << "a second time";
  EXPECT_FALSE(is_signed_in(other));
  auto kept = site.read([](db::Reader& r) { return r.one<std::int64_t>("select count(*) from sign_in_link"); });
  EXPECT_EQ(kept, 0);
}

TEST_F(SignInLink, IsGoodForAQuarterOfAnHour) {
  auto early = path(), late = path();
  site.clock.advance(std::chrono::minutes(14));
  Browser browser(site), other(site);
  EXPECT_EQ(browser.get(early).status, 303u);
  site.clock.advance(std::chrono::minutes(1));
  EXPECT_EQ(other.get(late).status, 410u);
  EXPECT_FALSE(is_signed_in(other));
}

TEST_F(SignInLink, IsNotUsedUpByWhoOnlyLooks) {
  auto link = path();
  Browser browser(site);
  browser.headers["Sec-Purpose"] = "prefetch;prerender";
  EXPECT_EQ(browser.get(link).status, 403u);
  http::testing::Client looker(site.port());
  EXPECT_EQ(looker.request("HEAD", link).header("Set-Cookie"), "");
  EXPECT_EQ(sessions(), 0);
  browser.headers.clear();
  EXPECT_EQ(browser.get(link).status, 303u);
}

TEST_F(SignInLink, OpensNothingForOthers) {
  Browser browser(site);
  for (std::string link : {"/auth/link", "/auth/link?token=", "/auth/link?token=x", "/auth/link?token[]=x"}) {
    EXPECT_THAT(browser.get(link).status, ::testing::AnyOf(410u, 422u)) << link;
    EXPECT_FALSE(is_signed_in(browser)) << link;
  }
  auto link = path();
  site.write([&](db::Writer& w) {
    auto login = *store::find_login(w, alice);
    login.disabled_at = w.now();
    store::update_login(w, login);
  });
  EXPECT_EQ(browser.get(link).status, 410u);
  EXPECT_EQ(sessions(), 0);
}

}  // namespace
}  // namespace posy::api::testing
