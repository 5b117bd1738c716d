// What is not for everybody is nowhere to be seen.
#include <gmock/gmock.h>

#include "base/encoding.hpp"
#include "pages/test_site.hpp"
#include "social/boost.hpp"
#include "social/live.hpp"
#include "social/mark.hpp"

namespace posy::pages::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string oembed(std::string_view url) {
  return "/api/oembed?url=" + percent_encode(url);
}

struct PrivatePosts : TestSite, ::testing::TestWithParam<Visibility> {};

TEST_P(PrivatePosts, AreNowhere) {
  auto alice = world.local("alice");
  auto root = alice.posts("open root #garden");
  auto secret = alice.replies(root, "the secret #garden", GetParam());
  auto below = alice.replies(secret, "below it");
  world.write([&](db::Writer& w) { social::pin(w, world.site, alice.id, root.id); });

  auto path = path_of(secret, "alice");
  EXPECT_EQ(status(path), 404u);
  EXPECT_EQ(status(path + "/embed"), 404u);
  EXPECT_EQ(status(oembed("https://posy.test" + path)), 404u);
  for (std::string target :
       {std::string("/@alice"), std::string("/@alice/with_replies"), std::string("/@alice/media"),
        std::string("/@alice.rss"), std::string("/@alice.atom"), std::string("/tags/garden"),
        path_of(root, "alice"), path_of(below, "alice")})
    EXPECT_THAT(page(target), Not(HasSubstr("secret"))) << target;
  EXPECT_THAT(page(path_of(below, "alice")), HasSubstr("open root"));
  EXPECT_THAT(page(path_of(root, "alice")), HasSubstr("below it"));
}

INSTANTIATE_TEST_SUITE_P(Visibilities, PrivatePosts,
                         ::testing::Values(Visibility::followers, Visibility::direct));

TEST(Privacy, AQuotedOrBoostedPostOfFollowersIsNotShown) {
  TestSite site;
  auto alice = site.world.local("alice");
  auto own = alice.posts("for friends", Visibility::followers);
  site.world.write([&](db::Writer& w) { social::boost(w, alice.id, own.id); });
  EXPECT_THAT(site.page("/@alice"), Not(HasSubstr("for friends")));
}

TEST(Privacy, UnlistedPostsAreShownButNotIndexed) {
  TestSite site;
  auto alice = site.world.local("alice");
  site.change(alice.id, [](store::Account& account) { account.indexable = true; });
  auto open = alice.posts("open #garden");
  auto quiet = alice.posts("quiet #garden", Visibility::unlisted);
  EXPECT_THAT(site.page(path_of(open, "alice")), Not(HasSubstr("noindex")));
  EXPECT_THAT(site.page(path_of(quiet, "alice")), HasSubstr("noindex"));
  EXPECT_THAT(site.page("/@alice"), HasSubstr("quiet"));
  EXPECT_THAT(site.page("/tags/garden"), Not(HasSubstr("quiet")));
}

TEST(Privacy, WhoDoesNotWantToBeIndexedIsNot) {
  TestSite site;
  auto alice = site.world.local("alice");
  auto post = alice.posts("hello");
  EXPECT_THAT(site.page("/@alice"), HasSubstr("noindex"));
  EXPECT_THAT(site.page(path_of(post, "alice")), HasSubstr("noindex"));
}

TEST(Privacy, SuspendedPeopleAreGoneWithAllTheyWrote) {
  TestSite site;
  auto alice = site.world.local("alice");
  auto bob = site.world.local("bob");
  auto root = bob.posts("root");
  auto reply = alice.replies(root, "an unkind answer");
  site.world.write([&](db::Writer& w) { social::boost(w, bob.id, reply.id); });
  EXPECT_THAT(site.page(path_of(root, "bob")), HasSubstr("unkind"));
  site.change(alice.id, [&](store::Account& account) { account.suspended_at = site.world.clock.now(); });
  for (std::string target : {std::string("/@alice"), std::string("/@alice.rss"), path_of(reply, "alice"),
                             path_of(reply, "alice") + "/embed"})
    EXPECT_EQ(site.status(target), 410u) << target;
  EXPECT_THAT(site.page(path_of(root, "bob")), Not(HasSubstr("unkind")));
  EXPECT_THAT(site.page("/@bob"), Not(HasSubstr("unkind")));
}

TEST(Privacy, AnApplicationThatWaitsHasNoProfile) {
  TestSite site;
  auto alice = site.world.local("alice");
  site.world.write([&](db::Writer& w) {
    auto login = *store::find_login(w, alice.id);
    login.approved_at.reset();
    store::update_login(w, login);
  });
  EXPECT_EQ(site.status("/@alice"), 404u);
}

TEST(Privacy, PostsAreFoundUnderTheirAuthorOnly) {
  TestSite site;
  auto alice = site.world.local("alice");
  site.world.local("bob");
  auto post = alice.posts("hers");
  EXPECT_EQ(site.status(path_of(post, "bob")), 404u);
  EXPECT_EQ(site.status(path_of(post, "ALICE")), 200u);
  for (std::string_view target : {"/@alice/0", "/@alice/-1", "/@alice/99999999999999999999", "/@alice/x",
                                  "/@alice/1", "/@nobody", "/@nobody/1", "/@%00/1", "/tags/neverused"})
    EXPECT_THAT(site.status(target), ::testing::AnyOf(400u, 404u)) << target;
}

TEST(Privacy, WhatANoticeCoversIsNotInPreviews) {
  TestSite site;
  auto alice = site.world.local("alice");
  auto draft = alice.draft("the ending is sad");
  draft.notice = "About a film";
  draft.media = {site.uploads(alice, site.keeps("png", "image/png"), "the last scene")};
  auto post = alice.publishes(draft);
  auto html = site.page(path_of(post, "alice"));
  auto head = html.substr(0, html.find("</head>"));
  EXPECT_THAT(head, HasSubstr("About a film"));
  EXPECT_THAT(head, Not(HasSubstr("sad")));
  EXPECT_THAT(head, Not(HasSubstr("last scene")));
  EXPECT_THAT(html, HasSubstr("<details class=\"content-notice\">"));
}

}  // namespace
}  // namespace posy::pages::testing
