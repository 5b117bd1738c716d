// How the desk comes to the browser. The files are those of test_site.cpp.
#include <gmock/gmock.h>

#include "pages/test_site.hpp"

namespace posy::pages::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct OwnedSite : TestSite {
  OwnedSite() { make_owner(world.local("alice")); }
  std::string body(std::string_view target, std::string coding = "") {
    Fields headers;
    if (!coding.empty()) headers.push_back({"Accept-Encoding", std::move(coding)});
    return get(target, headers).body;
  }
};

TEST(Desk, EveryAddressBelowItIsThePage) {
  OwnedSite site;
  for (std::string_view target : {"/desk/", "/desk/write", "/desk/@bob@far.example/1", "/desk/index.html",
                                  "/desk/../desk/x", "/desk/%2e%2e/sw.js", "/desk/a%00b", "/desk/assetsx"}) {
    auto answer = site.get(target);
    if (answer.status == 400) continue;  // what is no path at all
    EXPECT_EQ(answer.status, 200u) << target;
    EXPECT_EQ(answer.body, "<title>The desk</title>") << target;
    EXPECT_EQ(answer.header("Cache-Control"), "no-cache");
    EXPECT_EQ(answer.header("Content-Type"), "text/html; charset=utf-8");
  }
  auto bare = site.get("/desk?code=1");
  EXPECT_EQ(bare.status, 308u);
  EXPECT_EQ(bare.header("Location"), "/desk/?code=1");
}

TEST(Desk, WhoComesFromAnotherServerFindsWhatItIsAbout) {
  OwnedSite site;
  auto answer = site.get("/authorize_interaction?uri=https%3A%2F%2Ffar.example%2F%40bob%3Fa%3D1%26b");
  EXPECT_EQ(answer.status, 302u);
  EXPECT_EQ(answer.header("Location"), "/desk/search?q=https%3A%2F%2Ffar.example%2F%40bob%3Fa%3D1%26b");
  EXPECT_EQ(site.get("/authorize_interaction?uri=acct:bob@far.example").header("Location"),
            "/desk/search?q=bob%40far.example");
  std::vector<std::string> wrong = {"", "?uri=", "?uri=acct:", "?uri[]=a", "?uri=" + std::string(3000, 'a')};
  for (auto const& target : wrong)
    EXPECT_EQ(site.get("/authorize_interaction" + target).status, 400u) << target.substr(0, 50);
}

TEST(Desk, RunsNothingThatIsNotItsOwn) {
  OwnedSite site;
  site.world.site.base_url = "https://posy.example";
  for (std::string_view target : {"/desk/", "/desk/assets/main-1a2b.js", "/desk/sw.js", "/desk/icon.png"}) {
    auto answer = site.get(target);
    auto policy = answer.header("Content-Security-Policy");
    EXPECT_THAT(policy, HasSubstr("default-src 'none'; script-src 'self'; style-src 'self';"));
    EXPECT_THAT(policy, HasSubstr("connect-src 'self' https://posy.example wss://posy.example;"));
    EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
    EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
  }
}

TEST(Desk, WhatHasItsHashInItsNameIsKeptForEver) {
  OwnedSite site;
  auto script = site.get("/desk/assets/main-1a2b.js");
  EXPECT_EQ(script.body, "plain script");
  EXPECT_THAT(script.header("Cache-Control"), HasSubstr("immutable"));
  auto gone = site.get("/desk/assets/main-0000.js");
  EXPECT_EQ(gone.status, 404u);  // never the page in place of a script
  EXPECT_THAT(gone.body, Not(HasSubstr("The desk")));
}

TEST(Desk, TheRestIsAskedForAgainAndMostlyUnchanged) {
  OwnedSite site;
  for (std::string_view target : {"/desk/", "/desk/sw.js", "/desk/manifest.webmanifest", "/desk/assets/manifest.json"}) {
    auto first = site.get(target);
    EXPECT_EQ(first.header("Cache-Control"), "no-cache") << target;
    auto again = site.get(target, {{"If-None-Match", first.header("ETag")}});
    EXPECT_EQ(again.status, 304u) << target;
    EXPECT_EQ(again.body, "");
  }
  EXPECT_EQ(site.get("/desk/manifest.webmanifest").header("Content-Type"), "application/manifest+json");
}

TEST(Desk, IsSentCompressedToWhoTakesThat) {
  OwnedSite site;
  std::string_view script = "/desk/assets/main-1a2b.js";
  EXPECT_EQ(site.body(script, "gzip, deflate, br, zstd"), "brotli script");
  EXPECT_EQ(site.body(script, "GZIP;q=0.5 , br;q=0"), "gzip script");
  EXPECT_EQ(site.body(script, "br;q=0.000, gzip;q=0"), "plain script");
  EXPECT_EQ(site.body(script, "brotli,,;,q=1, ,"), "plain script");
  EXPECT_EQ(site.body("/desk/icon.png", "br"), "a picture");
  auto answer = site.get("/desk/", {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(answer.header("Content-Encoding"), "gzip");
  EXPECT_EQ(answer.header("Vary"), "Accept-Encoding");
  EXPECT_NE(answer.header("ETag"), site.get("/desk/").header("ETag"));
}

TEST(Desk, BeforeThereIsAnOwnerItLeadsToTheWelcome) {
  TestSite site;
  auto answer = site.get("/desk/write");
  EXPECT_EQ(answer.status, 302u);
  EXPECT_EQ(answer.header("Location"), "/");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
}

}  // namespace
}  // namespace posy::pages::testing
