#include "social/remove.hpp"

#include "social/boost.hpp"
#include "social/clean_up.hpp"
#include "social/favourite.hpp"
#include "social/test_world.hpp"
#include "store/search.hpp"

namespace posy::social::testing {
namespace {

class Removing : public Rules {
 protected:
  Person alice = world.local("alice");
  Person bob = world.local("bob");

  void removes(Person const& who, PostId id, KeepMedia keep = KeepMedia::yes) {
    world.write([&](db::Writer& w) { remove_post(w, who.id, id, keep); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Removing, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Removing, TakesBoostsFavouritesAndCountsAlong) {
  auto root = alice.posts("root");
  auto reply = alice.replies(root, "reply");
  world.write([&](db::Writer& w) {
    boost(w, bob.id, reply.id);
    favourite(w, bob.id, reply.id);
  });
  EXPECT_EQ(world.posts_of(bob), 1);
  removes(alice, reply.id);
  EXPECT_EQ(world.stats(root.id).replies, 0);
  EXPECT_EQ(world.posts_of(alice), 1);
  EXPECT_EQ(world.posts_of(bob), 0);
  EXPECT_EQ(world.count("select count(*) from post"), 1);
  EXPECT_EQ(world.count("select count(*) from post_stats"), 1);
  EXPECT_EQ(world.count("select count(*) from favourite"), 0);
  EXPECT_EQ(world.count("select count(*) from notification"), 0);
}

TEST_P(Removing, IsForTheAuthorAlone) {
  auto post = alice.posts("mine");
  auto refused = [&](PostId id) {
    return world.refusal([&](db::Writer& w) { remove_post(w, bob.id, id, KeepMedia::yes); }).refusal;
  };
  EXPECT_EQ(refused(post.id), Refusal::not_found);
  removes(alice, post.id);
  EXPECT_EQ(world.refusal([&](db::Writer& w) { remove_post(w, alice.id, post.id, KeepMedia::yes); }).refusal,
            Refusal::not_found);
}

TEST_P(Removing, NeverMakesACountNegative) {
  auto root = alice.posts("root");
  auto reply = alice.replies(root, "reply");
  world.write([&](db::Writer& w) { w.run("update post_stats set replies = 0"); });
  removes(alice, reply.id);
  EXPECT_EQ(world.stats(root.id).replies, 0);
}

TEST_P(Removing, LeavesTheAnswersOfOthers) {
  auto root = alice.posts("root");
  auto reply = bob.replies(root, "@alice reply");
  removes(alice, root.id);
  EXPECT_TRUE(bob.sees(reply));
}

TEST_P(Removing, KeepsMediaForADayForRedrafting) {
  auto draft = alice.draft("draft");
  draft.media = {alice.uploads()};
  world.clock.advance(std::chrono::hours(48));
  auto post = alice.publishes(draft);
  removes(alice, post.id);
  world.write([](db::Writer& w) { return clean_up(w).size(); });
  auto again = alice.publishes(draft);
  EXPECT_EQ(world.read([&](db::Reader& r) { return store::media_of(r, {again.id}); }).size(), 1u);
  removes(alice, again.id);
  world.clock.advance(std::chrono::hours(25));
  EXPECT_EQ(world.write([](db::Writer& w) { return clean_up(w).size(); }), 1u);
  EXPECT_EQ(world.count("select count(*) from media"), 0);
}

TEST_P(Removing, GivesUpMediaAtOnceWhenAsked) {
  auto draft = alice.draft("draft");
  draft.media = {alice.uploads()};
  removes(alice, alice.publishes(draft).id, KeepMedia::no);
  EXPECT_EQ(world.write([](db::Writer& w) { return clean_up(w).size(); }), 1u);
}

TEST_P(Removing, KeepsFilesThatAnotherUploadHasToo) {
  auto one = alice.uploads(), two = alice.uploads();
  world.write([&](db::Writer& w) { w.run("update media set blob = 'aa/same.png'"); });
  world.write([&](db::Writer& w) { store::release_media(w, {one}, Time{}); });
  EXPECT_EQ(world.write([](db::Writer& w) { return clean_up(w).size(); }), 0u);
  EXPECT_EQ(world.count("select count(*) from media"), 1);
  world.write([&](db::Writer& w) { store::release_media(w, {two}, Time{}); });
  EXPECT_EQ(world.write([](db::Writer& w) { return clean_up(w).size(); }), 1u);
}

TEST_P(Removing, IsFoundNoMore) {
  auto post = alice.posts("a garden of words");
  auto find = [&] {
    return world.read([&](db::Reader& r) {
      return store::search_posts(r, {.words = {"garden"}, .reader = alice.id}, {}).size();
    });
  };
  EXPECT_EQ(find(), 1u);
  removes(alice, post.id);
  EXPECT_EQ(find(), 0u);
}

}  // namespace
}  // namespace posy::social::testing
