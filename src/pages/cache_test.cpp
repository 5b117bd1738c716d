// Pages in memory are shown as long as they are true.
#include <gmock/gmock.h>

#include "pages/page_cache.hpp"
#include "pages/test_site.hpp"
#include "social/edit.hpp"
#include "social/favourite.hpp"
#include "social/live.hpp"
#include "social/mark.hpp"
#include "social/remove.hpp"

namespace posy::pages::testing {
namespace {

using social::Live;
using ::testing::HasSubstr;
using ::testing::Not;

db::Event event(Live kind, std::int64_t a, std::uint64_t epoch) {
  db::Event out{static_cast<int>(kind), a};
  out.epoch = epoch;
  return out;
}

// A page that shows the post 7, made at epoch 10.
struct CachedPage : ::testing::Test {
  PageCache cache;

  void put(std::chrono::seconds age = {}) {
    auto page = std::make_shared<Page>();
    page->address = "/x";
    page->body = std::make_shared<std::string const>("body");
    page->shows.add(PostId{7});
    page->epoch = 10;
    page->made_at = std::chrono::steady_clock::now() - age;
    cache.put(page);
  }
  void happens(Live kind, std::int64_t a, std::uint64_t epoch) {
    db::Event one[] = {event(kind, a, epoch)};
    cache.on_events(one);
  }
  bool is_there() { return cache.find("/x") != nullptr; }
};

TEST_F(CachedPage, IsThereUntilItsPostChanges) {
  put();
  EXPECT_TRUE(is_there());
  EXPECT_FALSE(cache.find("/y"));
  happens(Live::post_edited, 8, 11);
  EXPECT_TRUE(is_there());
  happens(Live::post_edited, 7, 12);
  EXPECT_FALSE(is_there());
}

TEST_F(CachedPage, IsRefusedWhenTheChangeCameBeforeItButWasNotSeen) {
  happens(Live::post_deleted, 7, 11);
  put();
  EXPECT_FALSE(is_there());
}

TEST_F(CachedPage, IsKeptWhenItsReaderHadSeenTheChange) {
  happens(Live::post_deleted, 7, 10);
  put();
  EXPECT_TRUE(is_there());
}

TEST_F(CachedPage, MayBeAMomentLateWithCounts) {
  put();
  happens(Live::post_counts, 7, 11);
  EXPECT_TRUE(is_there());
  put(std::chrono::seconds{60});
  EXPECT_FALSE(is_there());
}

TEST_F(CachedPage, GoesWithTheEmoji) {
  put();
  happens(Live::emoji_changed, 0, 11);
  EXPECT_FALSE(is_there());
}

TEST_F(CachedPage, DoesNotMindWhatVisitorsDoNotSee) {
  put(std::chrono::seconds{60});
  for (auto kind : {Live::notification, Live::conversation, Live::relation_changed, Live::token_revoked})
    happens(kind, 7, 11);
  EXPECT_TRUE(is_there());
}

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
