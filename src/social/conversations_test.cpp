#include "social/conversations.hpp"

#include <gmock/gmock.h>

#include "social/test_world.hpp"
#include "store/relation.hpp"

namespace posy::social::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Conversations : public Rules {
 protected:
  // A direct post, joined to its conversations.
  Post says(Person const& author, std::vector<AccountId> to, Post const* above = nullptr) {
    return world.write([&](db::Writer& w) {
      Post post{.id = w.make_id<PostId>(),
                .author = author.id,
                .created_at = w.now(),
                .visibility = Visibility::direct};
      post.thread = above ? above->thread : post.id;
      if (above) post.in_reply_to = above->id;
      if (above) post.in_reply_to_account = above->author;
      post.is_local = true;
      store::insert_post(w, post);
      store::insert_mentions(w, post.id, to);
      join_conversation(w, post, to);
      return post;
    });
  }
  std::vector<store::Conversation> of(Person const& person) {
    return world.read([&](db::Reader& r) { return store::conversations(r, person.id, {}); });
  }
  void takes_back(Post const& post) {
    world.write([&](db::Writer& w) {
      leave_conversation(w, post);
      store::delete_post(w, post.id);
    });
  }

  Person alice = world.local("alice");
  Person bob = world.local("bob");
};

TEST_P(Conversations, EverybodyOfThisServerWhoTakesPartHasOne) {
  auto far = world.remote("far", "other.test");
  auto post = says(bob, {alice.id, far.id});
  ASSERT_EQ(of(alice).size(), 1u);
  EXPECT_TRUE(of(alice)[0].unread);
  EXPECT_EQ(of(alice)[0].last_post, post.id);
  EXPECT_THAT(store::participants_of(of(alice)[0]), ElementsAre(bob.id, far.id));
  ASSERT_EQ(of(bob).size(), 1u);
  EXPECT_FALSE(of(bob)[0].unread);
  EXPECT_THAT(of(far), IsEmpty());
}

TEST_P(Conversations, RepliesKeepOneEntryAndReadIt) {
  auto one = says(bob, {alice.id});
  auto id = of(alice)[0].id;
  auto two = says(alice, {bob.id}, &one);
  ASSERT_EQ(of(alice).size(), 1u);
  EXPECT_EQ(of(alice)[0].id, id);
  EXPECT_EQ(of(alice)[0].last_post, two.id);
  EXPECT_FALSE(of(alice)[0].unread);
  EXPECT_TRUE(of(bob)[0].unread);
}

TEST_P(Conversations, BlockedPeopleEnterNone) {
  alice.blocks(bob);
  says(bob, {alice.id});
  EXPECT_THAT(of(alice), IsEmpty());
}

TEST_P(Conversations, MutedPeopleEnterQuietly) {
  world.write(
      [&](db::Writer& w) { w.insert("mute", store::Mute{w.make_id<RowId>(), alice.id, bob.id, true, {}}); });
  auto post = says(bob, {alice.id});
  ASSERT_EQ(of(alice).size(), 1u);
  EXPECT_FALSE(of(alice)[0].unread);
  EXPECT_EQ(of(alice)[0].last_post, post.id);
}

TEST_P(Conversations, ADeletedPostGivesWayToTheOneBefore) {
  auto one = says(bob, {alice.id});
  auto two = says(alice, {bob.id}, &one);
  auto three = says(bob, {alice.id}, &two);
  takes_back(three);
  EXPECT_EQ(of(alice)[0].last_post, two.id);
  takes_back(one);
  EXPECT_EQ(of(alice)[0].last_post, two.id);
  takes_back(two);
  EXPECT_THAT(of(alice), IsEmpty());
  EXPECT_THAT(of(bob), IsEmpty());
}

TEST_P(Conversations, PagesGoByTheLastPost) {
  auto one = says(bob, {alice.id});
  auto two = says(bob, {alice.id});
  auto again = says(bob, {alice.id}, &one);
  auto list = of(alice);
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0].last_post, again.id);
  auto rest = world.read(
      [&](db::Reader& r) { return store::conversations(r, alice.id, {.before = again.id.value}); });
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_EQ(rest[0].last_post, two.id);
}

TEST_P(Conversations, OnlyTheOwnerMarksAndRemoves) {
  says(bob, {alice.id});
  auto id = of(alice)[0].id;
  EXPECT_EQ(world.refusal([&](db::Writer& w) { mark_conversation(w, bob.id, id, false); }).refusal,
            Refusal::not_found);
  EXPECT_EQ(world.refusal([&](db::Writer& w) { remove_conversation(w, bob.id, id); }).refusal,
            Refusal::not_found);
  world.write([&](db::Writer& w) { mark_conversation(w, alice.id, id, false); });
  EXPECT_FALSE(of(alice)[0].unread);
  world.write([&](db::Writer& w) { mark_conversation(w, alice.id, id, true); });
  EXPECT_TRUE(of(alice)[0].unread);
  world.write([&](db::Writer& w) { remove_conversation(w, alice.id, id); });
  EXPECT_THAT(of(alice), IsEmpty());
  EXPECT_EQ(of(bob).size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(Engines, Conversations, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace posy::social::testing
