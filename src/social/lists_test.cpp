#include "social/lists.hpp"

#include <gmock/gmock.h>

#include <functional>

#include "social/follow.hpp"
#include "social/test_world.hpp"
#include "social/timelines.hpp"

namespace posy::social::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class Lists : public Rules {
 protected:
  Person alice = world.local("alice");
  Person bob = world.local("bob");

  store::List make(ListChange const& change) {
    return world.write([&](db::Writer& w) { return create_list(w, alice.id, change); });
  }
  void add(ListId list, std::vector<AccountId> const& members) {
    world.write([&](db::Writer& w) { add_to_list(w, alice.id, list, members); });
  }
  std::vector<AccountId> members(ListId list) {
    return world.read([&](db::Reader& r) { return store::list_members(r, list, {}); });
  }
  std::vector<PostId> timeline(ListId list) {
    return world.read([&](db::Reader& r) { return list_timeline(r, alice.id, list, {}); });
  }
};

TEST_P(Lists, KeepWhatTheyAreGiven) {
  auto list = make({.title = "Gärten 🌱", .replies_policy = store::RepliesPolicy::none, .exclusive = true});
  auto kept = world.read([&](db::Reader& r) { return load_list(r, alice.id, list.id); });
  EXPECT_EQ(kept.title, "Gärten 🌱");
  EXPECT_EQ(kept.replies_policy, store::RepliesPolicy::none);
  EXPECT_TRUE(kept.exclusive);
  world.write([&](db::Writer& w) { change_list(w, alice.id, list.id, {.exclusive = false}); });
  kept = world.read([&](db::Reader& r) { return load_list(r, alice.id, list.id); });
  EXPECT_EQ(kept.title, "Gärten 🌱");
  EXPECT_FALSE(kept.exclusive);
}

TEST_P(Lists, NeedATitleOfReasonableLength) {
  for (auto const& change : {ListChange{}, ListChange{.title = ""}, ListChange{.title = " \n\t"},
                             ListChange{.title = std::string(257, 'x')}}) {
    auto error = world.refusal([&](db::Writer& w) { create_list(w, alice.id, change); });
    EXPECT_EQ(error.refusal, Refusal::unprocessable);
  }
}

TEST_P(Lists, AreNotThereForOthers) {
  auto list = make({.title = "mine"});
  for (auto act : std::initializer_list<std::function<void(db::Writer&)>>{
           [&](db::Writer& w) { load_list(w, bob.id, list.id); },
           [&](db::Writer& w) { change_list(w, bob.id, list.id, {.title = "hers"}); },
           [&](db::Writer& w) { delete_list(w, bob.id, list.id); },
           [&](db::Writer& w) { add_to_list(w, bob.id, list.id, {}); },
           [&](db::Writer& w) { remove_from_list(w, bob.id, list.id, {}); }})
    EXPECT_EQ(world.refusal(act).refusal, Refusal::not_found);
}

TEST_P(Lists, TakeOnlyThoseWhomTheOwnerFollowsAndNobodyElseByTheWay) {
  auto carol = world.local("carol");
  world.write([&](db::Writer& w) { follow(w, alice.id, bob.id); });
  auto list = make({.title = "friends"});
  auto error = world.refusal([&](db::Writer& w) { add_to_list(w, alice.id, list.id, {bob.id, carol.id}); });
  EXPECT_EQ(error.refusal, Refusal::not_found);
  EXPECT_THAT(members(list.id), IsEmpty());
  add(list.id, {bob.id, alice.id, bob.id});
  add(list.id, {bob.id});
  EXPECT_THAT(members(list.id), UnorderedElementsAre(alice.id, bob.id));
}

TEST_P(Lists, ShowTheLatestPostsOfANewMemberAndLoseThemWithHer) {
  world.write([&](db::Writer& w) { follow(w, alice.id, bob.id); });
  auto first = bob.posts("one");
  auto second = bob.posts("two");
  auto list = make({.title = "friends"});
  add(list.id, {bob.id});
  EXPECT_THAT(timeline(list.id), ElementsAre(second.id, first.id));
  auto third = bob.posts("three");
  EXPECT_THAT(timeline(list.id), ElementsAre(third.id, second.id, first.id));
  world.write([&](db::Writer& w) { remove_from_list(w, alice.id, list.id, {bob.id}); });
  EXPECT_THAT(timeline(list.id), IsEmpty());
  EXPECT_THAT(members(list.id), IsEmpty());
}

TEST_P(Lists, FindThoseThatHoldSomebody) {
  world.write([&](db::Writer& w) { follow(w, alice.id, bob.id); });
  auto with = make({.title = "with"});
  make({.title = "without"});
  add(with.id, {bob.id});
  auto found = world.read([&](db::Reader& r) { return store::lists_with(r, alice.id, bob.id); });
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].id, with.id);
  world.write([&](db::Writer& w) { delete_list(w, alice.id, with.id); });
  EXPECT_EQ(world.count("select count(*) from list_member"), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, Lists, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace posy::social::testing
