// Pages in memory are shown as long as they are true; how they are kept is tested in serving/answers_test.cpp.
#include <gmock/gmock.h>

#include "pages/test_site.hpp"
#include "social/edit.hpp"
#include "social/favourite.hpp"
#include "social/mark.hpp"
#include "social/remove.hpp"

namespace posy::pages::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(PagesInMemory, FollowWhatTheAuthorDoes) {
  TestSite site;
  auto alice = site.world.local("alice");
  EXPECT_THAT(site.page("/@alice"), HasSubstr("Nothing here yet"));
  auto post = alice.posts("first words");
  auto path = path_of(post, "alice");
  EXPECT_THAT(site.page("/@alice"), HasSubstr("first words"));
  EXPECT_THAT(site.page(path), HasSubstr("first words"));
  EXPECT_THAT(site.page("/@alice.atom"), HasSubstr("first words"));

  site.world.write([&](db::Writer& w) {
    social::Edit edit;
    edit.text = "second thoughts";
    social::edit_post(w, site.world.site, alice.id, post.id, edit);
  });
  for (std::string const& target :
       {std::string("/@alice"), path, path + "/embed", std::string("/@alice.atom")}) {
    EXPECT_THAT(site.page(target), HasSubstr("second thoughts")) << target;
    EXPECT_THAT(site.page(target), Not(HasSubstr("first words"))) << target;
  }

  site.change(alice.id, [](store::Account& account) { account.display_name = "Alice of the Roses"; });
  for (std::string const& target :
       {std::string("/@alice"), path, path + "/embed", std::string("/@alice.rss")})
    EXPECT_THAT(site.page(target), HasSubstr("Alice of the Roses")) << target;

  site.world.write([&](db::Writer& w) { social::pin(w, site.world.site, alice.id, post.id); });
  EXPECT_THAT(site.page("/@alice"), HasSubstr("Pinned"));

  site.world.write([&](db::Writer& w) { social::remove_post(w, alice.id, post.id, social::KeepMedia::no); });
  EXPECT_EQ(site.status(path), 404u);
  EXPECT_EQ(site.status(path + "/embed"), 404u);
  EXPECT_THAT(site.page("/@alice"), Not(HasSubstr("second thoughts")));
  EXPECT_THAT(site.page("/@alice.atom"), Not(HasSubstr("second thoughts")));
}

TEST(PagesInMemory, LoseADeletedAnswerAtOnce) {
  TestSite site;
  auto alice = site.world.local("alice");
  auto bob = site.world.local("bob");
  auto root = alice.posts("root");
  auto answer = bob.replies(root, "unkind");
  EXPECT_THAT(site.page(path_of(root, "alice")), HasSubstr("unkind"));
  site.world.write([&](db::Writer& w) { social::remove_post(w, bob.id, answer.id, social::KeepMedia::no); });
  EXPECT_THAT(site.page(path_of(root, "alice")), Not(HasSubstr("unkind")));
}

TEST(PagesInMemory, AreNotSentAgainToWhoHasThem) {
  TestSite site;
  auto alice = site.world.local("alice");
  for (std::string const& target : {std::string("/@alice"), std::string("/@alice.rss"),
                                    path_of(alice.posts("hello"), "alice"), std::string("/about")}) {
    auto first = site.get(target);
    auto etag = first.header("ETag");
    ASSERT_FALSE(etag.empty()) << target;
    auto again = site.get(target, {{"If-None-Match", etag}});
    EXPECT_EQ(again.status, 304u) << target;
    EXPECT_EQ(again.body, "") << target;
    EXPECT_EQ(site.get(target, {{"If-None-Match", "\"other\""}}).status, 200u) << target;
  }
  auto before = site.get("/@alice").header("ETag");
  site.change(alice.id, [](store::Account& account) { account.display_name = "Other"; });
  EXPECT_EQ(site.get("/@alice", {{"If-None-Match", before}}).status, 200u);
}

}  // namespace
}  // namespace posy::pages::testing
