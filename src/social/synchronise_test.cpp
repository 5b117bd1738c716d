#include "social/synchronise.hpp"

#include "social/follow.hpp"
#include "social/mark.hpp"
#include "social/receive.hpp"
#include "social/test_world.hpp"
#include "store/relation.hpp"
#include "store/remote_profile.hpp"
#include "store/remote_thread.hpp"

namespace posy::social::testing {
namespace {

class Elsewhere : public Rules {};
INSTANTIATE_TEST_SUITE_P(Engines, Elsewhere, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

bool follows(World& world, Person const& one, Person const& other) {
  return world.read([&](db::Reader& r) { return store::is_following(r, one.id, other.id); });
}

TEST_P(Elsewhere, FollowersAreBroughtIntoLine) {
  auto zoe = world.remote("zoe", "far.example");
  auto kept = world.local("kept"), lost = world.local("lost"), late = world.local("late"),
       waiting = world.local("waiting"), unknown = world.local("unknown");
  for (auto const& person : {kept, lost, late}) person.follows(zoe);
  world.write([&](db::Writer& w) { follow(w, waiting.id, zoe.id); });
  auto jobs = world.count("select count(*) from job where kind = 'send'");
  world.write([&](db::Writer& w) {
    reconcile_followers(w, zoe.id, {kept.id, waiting.id, unknown.id}, {kept.id, lost.id});
  });
  EXPECT_TRUE(follows(world, kept, zoe));
  EXPECT_FALSE(follows(world, lost, zoe));
  EXPECT_TRUE(follows(world, late, zoe)) << "began while the list was on its way";
  EXPECT_TRUE(follows(world, waiting, zoe));
  EXPECT_FALSE(follows(world, unknown, zoe));
  EXPECT_EQ(world.count("select count(*) from job where kind = 'send'"), jobs + 1) << "the Undo of the unknown one";
}

Post arrives(World& world, Person const& author, std::string uri, Visibility visibility = Visibility::everyone) {
  Arrival arrival{.author = author.id, .uri = std::move(uri), .visibility = visibility, .content = "<p>x</p>"};
  arrival.replies = arrival.uri + "/replies";
  return world.write([&](db::Writer& w) { return receive_post(w, arrival); });
}

TEST_P(Elsewhere, PinsOfPeopleElsewhereAreHersAndFew) {
  auto zoe = world.remote("zoe", "far.example"), mia = world.remote("mia", "far.example");
  auto own = arrives(world, zoe, "https://far.example/1");
  auto others = arrives(world, mia, "https://far.example/2");
  auto hidden = arrives(world, zoe, "https://far.example/3", Visibility::followers);
  auto pins = [&] { return world.read([&](db::Reader& r) { return store::pins_of(r, zoe.id, 100); }); };
  world.write([&](db::Writer& w) { keep_pins(w, zoe.id, {own.id, others.id, hidden.id, PostId{1}}); });
  EXPECT_EQ(pins(), std::vector{own.id});
  for (int i = 0; i < 30; ++i) {
    auto post = arrives(world, zoe, "https://far.example/more/" + std::to_string(i));
    world.write([&](db::Writer& w) { keep_pin(w, zoe.id, post.id); });
  }
  EXPECT_EQ(pins().size(), 20u);
  world.write([&](db::Writer& w) { keep_pins(w, zoe.id, {own.id}); });
  EXPECT_EQ(pins(), std::vector{own.id});
  world.write([&](db::Writer& w) { drop_pin(w, zoe.id, own.id); });
  EXPECT_TRUE(pins().empty());
}

TEST_P(Elsewhere, CountsOfPeopleElsewhereAreTakenAndOursAreNot) {
  auto anna = world.local("anna"), zoe = world.remote("zoe", "far.example");
  anna.follows(zoe);
  auto stats = [&](Person const& who) {
    return world.read([&](db::Reader& r) { return store::account_stats(r, {who.id}).at(0); });
  };
  world.write([&](db::Writer& w) {
    store::set_remote_counts(w, zoe.id, {.posts = 7, .followers = 0, .following = {}});
    store::set_remote_counts(w, anna.id, {.posts = 7, .followers = 7, .following = 7});
  });
  EXPECT_EQ(stats(zoe).posts, 7);
  EXPECT_EQ(stats(zoe).followers, 1) << "one is known here";
  EXPECT_EQ(stats(anna).posts, 0);
  EXPECT_EQ(stats(anna).following, 0);
}

TEST_P(Elsewhere, CollectionsOfAThreadHoldWhatEverybodyMaySee) {
  auto anna = world.local("anna"), bert = world.local("bert");
  auto first = anna.posts("first");
  auto open = bert.replies(first, "open", Visibility::unlisted);
  bert.replies(first, "closed", Visibility::followers);
  auto deep = anna.replies(open, "deep");
  auto ids = [&](auto load, PostId of, PostId after, int limit) {
    std::vector<PostId> out;
    auto posts = world.read([&](db::Reader& r) { return load(r, of, after, limit); });
    for (auto const& post : posts) out.push_back(post.id);
    return out;
  };
  EXPECT_EQ(ids(store::open_posts_of_thread, first.id, {}, 10), (std::vector{first.id, open.id, deep.id}));
  EXPECT_EQ(ids(store::open_posts_of_thread, first.id, first.id, 1), std::vector{open.id});
  EXPECT_EQ(ids(store::open_replies, first.id, {}, 10), std::vector{open.id});
}

TEST_P(Elsewhere, WhatAPostElsewhereSaysOfItsThreadGoesWithIt) {
  auto zoe = world.remote("zoe", "far.example");
  auto post = arrives(world, zoe, "https://far.example/1");
  auto links = [&] { return world.read([&](db::Reader& r) { return store::thread_links(r, post.thread, 10); }); };
  ASSERT_EQ(links().size(), 1u);
  EXPECT_EQ(links()[0].replies, "https://far.example/1/replies");
  world.write([&](db::Writer& w) { store::delete_post(w, post.id); });
  EXPECT_TRUE(links().empty());
}

}  // namespace
}  // namespace posy::social::testing
