#include "social/favourite.hpp"

#include "social/boost.hpp"
#include "social/mark.hpp"
#include "social/test_world.hpp"
#include "store/interaction.hpp"

#include <thread>

namespace posy::social::testing {
namespace {

using store::NotificationKind;

class Favourites : public Rules {
 protected:
  Person alice = world.local("alice");
  Person bob = world.local("bob");
  Post post = alice.posts("hello");

  void favourites(Person const& who, PostId id) {
    world.write([&](db::Writer& w) { favourite(w, who.id, id); });
  }
  void unfavourites(Person const& who, PostId id) {
    world.write([&](db::Writer& w) { unfavourite(w, who.id, id); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Favourites, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Favourites, TwiceAreAsOnce) {
  favourites(bob, post.id);
  favourites(bob, post.id);
  EXPECT_EQ(world.stats(post.id).favourites, 1);
  EXPECT_EQ(world.notifications(alice, NotificationKind::favourite), 1);
}

TEST_P(Favourites, TakenBackLeaveNothing) {
  favourites(bob, post.id);
  unfavourites(bob, post.id);
  unfavourites(bob, post.id);
  EXPECT_EQ(world.stats(post.id).favourites, 0);
  EXPECT_EQ(world.notifications(alice, NotificationKind::favourite), 0);
}

TEST_P(Favourites, OfABoostMeanTheOriginal) {
  auto boosted = world.write([&](db::Writer& w) { return boost(w, alice.id, post.id); });
  favourites(bob, boosted.id);
  EXPECT_EQ(world.stats(post.id).favourites, 1);
  EXPECT_EQ(world.stats(boosted.id).favourites, 0);
}

TEST_P(Favourites, NeedAPostThatOneMaySee) {
  auto secret = alice.posts("for friends", Visibility::followers);
  auto refused = [&](PostId id) {
    return world.refusal([&](db::Writer& w) { favourite(w, bob.id, id); }).refusal;
  };
  EXPECT_EQ(refused(secret.id), Refusal::not_found);
  EXPECT_EQ(refused(PostId{1}), Refusal::not_found);
  alice.blocks(bob);
  EXPECT_EQ(refused(post.id), Refusal::not_found);
}

TEST_P(Favourites, MayBeTakenBackAfterABlock) {
  favourites(bob, post.id);
  alice.blocks(bob);
  unfavourites(bob, post.id);
  EXPECT_EQ(world.stats(post.id).favourites, 0);
}

TEST_P(Favourites, AreListedByWhenTheyWereGiven) {
  auto later = alice.posts("second");
  favourites(bob, later.id);
  favourites(bob, post.id);
  auto rows = world.read([&](db::Reader& r) { return store::favourites_by(r, bob.id, {}); });
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].post, post.id);
  auto below = world.read(
      [&](db::Reader& r) { return store::favourites_by(r, bob.id, {.before = rows[0].id.value}); });
  ASSERT_EQ(below.size(), 1u);
  EXPECT_EQ(below[0].post, later.id);
}

class Marks : public Favourites {};
INSTANTIATE_TEST_SUITE_P(Engines, Marks, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Marks, BookmarksAreKeptOnce) {
  world.write([&](db::Writer& w) { bookmark(w, bob.id, post.id); });
  world.write([&](db::Writer& w) { bookmark(w, bob.id, post.id); });
  EXPECT_EQ(world.count("select count(*) from bookmark"), 1);
  world.write([&](db::Writer& w) { unbookmark(w, bob.id, post.id); });
  EXPECT_EQ(world.count("select count(*) from bookmark"), 0);
}

TEST_P(Marks, OnlyOnesOwnPostsArePinned) {
  auto refused = [&](Person const& who, PostId id) {
    return world.refusal([&](db::Writer& w) { pin(w, world.site, who.id, id); }).message;
  };
  EXPECT_EQ(refused(bob, post.id), "Validation failed: Someone else's post cannot be pinned");
  auto boosted = world.write([&](db::Writer& w) { return boost(w, bob.id, post.id); });
  EXPECT_EQ(refused(bob, boosted.id), "Validation failed: A boost cannot be pinned");
  auto direct = alice.posts("note to myself", Visibility::direct);
  EXPECT_EQ(refused(alice, direct.id),
            "Validation failed: Posts that are only visible to mentioned users cannot be pinned");
  world.write([&](db::Writer& w) { pin(w, world.site, alice.id, post.id); });
  world.write([&](db::Writer& w) { pin(w, world.site, alice.id, post.id); });
  EXPECT_EQ(world.count("select count(*) from pin"), 1);
}

TEST_P(Marks, PinsHaveALimit) {
  world.site.limits.pinned_posts = 1;
  auto second = alice.posts("second");
  world.write([&](db::Writer& w) { pin(w, world.site, alice.id, post.id); });
  EXPECT_EQ(world.refusal([&](db::Writer& w) { pin(w, world.site, alice.id, second.id); }).message,
            "Validation failed: You have already pinned the maximum number of posts");
  EXPECT_EQ(world.count("select count(*) from pin"), 1);
  world.write([&](db::Writer& w) { unpin(w, alice.id, post.id); });
  world.write([&](db::Writer& w) { pin(w, world.site, alice.id, second.id); });
}

TEST_P(Marks, AMutedThreadNotifiesNoMore) {
  world.write([&](db::Writer& w) { mute_thread(w, alice.id, post.id); });
  auto reply = bob.replies(post, "@alice are you there?");
  EXPECT_EQ(world.notifications(alice, NotificationKind::mention), 0);
  world.write([&](db::Writer& w) { unmute_thread(w, alice.id, reply.id); });
  bob.replies(post, "@alice and now?");
  EXPECT_EQ(world.notifications(alice, NotificationKind::mention), 1);
}

TEST_P(Favourites, OfManyAtOnceAreAllCounted) {
  constexpr int threads_count = 6, each = 20;
  std::vector<Person> people;
  for (int i = 0; i < threads_count * each; ++i)
    people.push_back(world.remote("p" + std::to_string(i), "far.example"));
  std::vector<std::thread> threads;
  for (int t = 0; t < threads_count; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < each; ++i) favourites(people[static_cast<std::size_t>(t * each + i)], post.id);
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(world.stats(post.id).favourites, threads_count * each);
  EXPECT_EQ(world.notifications(alice, NotificationKind::favourite), threads_count * each);
}

}  // namespace
}  // namespace posy::social::testing
