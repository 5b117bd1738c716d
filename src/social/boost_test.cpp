#include "social/boost.hpp"

#include "social/remove.hpp"
#include "social/test_world.hpp"
#include "social/timelines.hpp"

namespace posy::social::testing {
namespace {

using store::NotificationKind;

class Boosts : public Rules {
 protected:
  Person alice = world.local("alice");
  Person bob = world.local("bob");
  Person carol = world.local("carol");

  Post boosts(Person const& who, PostId id, std::optional<Visibility> visibility = {}) {
    return world.write([&](db::Writer& w) { return boost(w, who.id, id, visibility); });
  }
  Refusal refused(Person const& who, PostId id, std::optional<Visibility> visibility = {}) {
    return world.refusal([&](db::Writer& w) { boost(w, who.id, id, visibility); }).refusal;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Boosts, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Boosts, TwiceAreAsOnce) {
  auto post = alice.posts("hello");
  auto first = boosts(bob, post.id);
  EXPECT_EQ(boosts(bob, post.id).id, first.id);
  EXPECT_EQ(first.boost_of, post.id);
  EXPECT_EQ(world.stats(post.id).boosts, 1);
  EXPECT_EQ(world.posts_of(bob), 1);
  EXPECT_EQ(world.notifications(alice, NotificationKind::reblog), 1);
}

TEST_P(Boosts, OfABoostGoToTheOriginal) {
  auto post = alice.posts("hello");
  auto first = boosts(bob, post.id);
  EXPECT_EQ(boosts(carol, first.id).boost_of, post.id);
  EXPECT_EQ(world.stats(post.id).boosts, 2);
}

TEST_P(Boosts, ReachTheFollowersOfTheBooster) {
  carol.follows(bob);
  auto post = alice.posts("hello");
  auto made = boosts(bob, post.id);
  auto home = world.read([&](db::Reader& r) { return home_timeline(r, carol.id, {}); });
  ASSERT_EQ(home.size(), 1u);
  EXPECT_EQ(home[0], made.id);
}

TEST_P(Boosts, OfFollowersOnlyPostsAreForTheirAuthorAlone) {
  bob.follows(alice);
  auto post = alice.posts("for friends", Visibility::followers);
  EXPECT_EQ(refused(bob, post.id), Refusal::forbidden);
  EXPECT_EQ(refused(carol, post.id), Refusal::not_found);
  EXPECT_EQ(boosts(alice, post.id, Visibility::everyone).visibility, Visibility::followers);
}

TEST_P(Boosts, OfDirectPostsAreRefused) {
  auto post = alice.posts("@bob psst", Visibility::direct);
  EXPECT_EQ(refused(bob, post.id), Refusal::forbidden);
  EXPECT_EQ(refused(alice, post.id), Refusal::forbidden);
}

TEST_P(Boosts, HaveTheVisibilityAskedFor) {
  auto post = alice.posts("hello");
  EXPECT_EQ(boosts(bob, post.id, Visibility::followers).visibility, Visibility::followers);
  EXPECT_EQ(refused(carol, post.id, Visibility::direct), Refusal::unprocessable);
}

TEST_P(Boosts, TakenBackByEitherIdLeaveNothing) {
  auto post = alice.posts("hello");
  auto unboosts = [&](PostId id) { world.write([&](db::Writer& w) { unboost(w, bob.id, id); }); };
  boosts(bob, post.id);
  unboosts(post.id);
  unboosts(post.id);
  EXPECT_EQ(world.stats(post.id).boosts, 0);
  EXPECT_EQ(world.posts_of(bob), 0);
  EXPECT_EQ(world.notifications(alice, NotificationKind::reblog), 0);
  auto again = boosts(bob, post.id);
  unboosts(again.id);
  EXPECT_EQ(world.stats(post.id).boosts, 0);
  EXPECT_EQ(world.count("select count(*) from post"), 1);
}

TEST_P(Boosts, AreDeletedLikePosts) {
  auto post = alice.posts("hello");
  auto made = boosts(bob, post.id);
  world.write([&](db::Writer& w) { remove_post(w, bob.id, made.id, KeepMedia::yes); });
  EXPECT_EQ(world.stats(post.id).boosts, 0);
  EXPECT_EQ(world.posts_of(bob), 0);
}

TEST_P(Boosts, AtTheSameTimeGiveOne) {
  auto post = alice.posts("hello");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&] { boosts(bob, post.id); });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(world.stats(post.id).boosts, 1);
  EXPECT_EQ(world.posts_of(bob), 1);
}

}  // namespace
}  // namespace posy::social::testing
