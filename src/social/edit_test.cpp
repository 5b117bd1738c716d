#include "social/edit.hpp"

#include "social/boost.hpp"
#include "social/poll.hpp"
#include "social/test_world.hpp"
#include "store/tag.hpp"

namespace posy::social::testing {
namespace {

using store::NotificationKind;

class Edits : public Rules {
 protected:
  Person alice = world.local("alice");
  Person bob = world.local("bob");

  Post edits(Person const& who, PostId id, Edit const& edit) {
    world.clock.advance(std::chrono::minutes(1));
    return world.write([&](db::Writer& w) { return edit_post(w, world.site, who.id, id, edit); });
  }
  Error refused(Person const& who, PostId id, Edit const& edit) {
    return world.refusal([&](db::Writer& w) { edit_post(w, world.site, who.id, id, edit); });
  }
  std::vector<store::PostEdit> history(PostId id) {
    return world.read([&](db::Reader& r) { return store::edits_of(r, id, 100); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Edits, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Edits, KeepWhatWasBefore) {
  auto post = alice.posts("one");
  auto after = edits(alice, post.id, {.text = "two", .notice = "careful"});
  edits(alice, post.id, {.text = "three"});
  EXPECT_TRUE(after.edited_at);
  EXPECT_TRUE(after.sensitive);
  auto versions = history(post.id);
  ASSERT_EQ(versions.size(), 3u);
  EXPECT_EQ(versions[0].content, post.content);
  EXPECT_EQ(versions[0].created_at, post.created_at);
  EXPECT_EQ(versions[1].content, after.content);
  EXPECT_EQ(versions[1].notice, "careful");
  EXPECT_EQ(world.read([&](db::Reader& r) { return store::find_post(r, post.id)->source; }), "three");
}

TEST_P(Edits, ThatChangeNothingAreNone) {
  auto post = alice.posts("one");
  EXPECT_FALSE(edits(alice, post.id, {.text = "one"}).edited_at);
}

TEST_P(Edits, AreForTheAuthorAlone) {
  auto post = alice.posts("one");
  EXPECT_EQ(refused(bob, post.id, {.text = "mine"}).refusal, Refusal::not_found);
  auto boosted = world.write([&](db::Writer& w) { return boost(w, alice.id, post.id); });
  EXPECT_EQ(refused(alice, boosted.id, {.text = "text"}).refusal, Refusal::not_found);
  EXPECT_EQ(refused(alice, post.id, {.text = " "}).message, "Validation failed: Text can't be blank");
  EXPECT_TRUE(history(post.id).empty());
}

TEST_P(Edits, TellThoseWhoBoosted) {
  auto post = alice.posts("one");
  world.write([&](db::Writer& w) { boost(w, bob.id, post.id); });
  edits(alice, post.id, {.text = "two"});
  EXPECT_EQ(world.notifications(bob, NotificationKind::update), 1);
}

TEST_P(Edits, ChangeMentionsAndTags) {
  auto carol = world.local("carol");
  auto post = alice.posts("@bob #one");
  edits(alice, post.id, {.text = "@bob @carol #two"});
  EXPECT_EQ(world.notifications(bob, NotificationKind::mention), 1);
  EXPECT_EQ(world.notifications(carol, NotificationKind::mention), 1);
  auto tags = world.read([&](db::Reader& r) { return store::tags_of(r, {post.id}); });
  ASSERT_EQ(tags.size(), 1u);
  EXPECT_EQ(tags[0].tag.name, "two");
}

TEST_P(Edits, DoNotUnsendADirectPost) {
  auto post = alice.posts("@bob psst", Visibility::direct);
  auto after = edits(alice, post.id, {.text = "psst"});
  EXPECT_TRUE(bob.sees(after));
}

TEST_P(Edits, AddTakeOutAndDescribeMedia) {
  auto one = alice.uploads(), two = alice.uploads();
  auto draft = alice.draft("look");
  draft.media = {one};
  auto post = alice.publishes(draft);
  Edit edit{.text = "look", .media = {two}};
  edit.media_changes = {{two, "a garden", "0.5,-0.5"}, {one, "not mine any more", {}}};
  EXPECT_TRUE(edits(alice, post.id, edit).edited_at);
  auto media = world.read([&](db::Reader& r) { return store::media_of(r, {post.id}); });
  ASSERT_EQ(media.size(), 1u);
  EXPECT_EQ(media[0].id, two);
  EXPECT_EQ(media[0].description, "a garden");
  EXPECT_EQ(media[0].focus_y, -0.5);
  auto versions = history(post.id);
  auto rows =
      world.read([&](db::Reader& r) { return store::media_of_edits(r, {versions[0].id, versions[1].id}); });
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].media, one);
  EXPECT_EQ(rows[1].media, two);
}

TEST_P(Edits, OfTheOptionsForgetTheVotes) {
  auto draft = alice.draft("which?");
  draft.poll = PollDraft{{"a", "b"}, 3600};
  auto post = alice.publishes(draft);
  world.write([&](db::Writer& w) { vote(w, bob.id, post.poll, {0}); });

  Edit longer{.text = "which?"};
  longer.poll = PollDraft{{"a", "b"}, 7200};
  EXPECT_FALSE(edits(alice, post.id, longer).edited_at);
  EXPECT_EQ(world.count("select voters from poll"), 1);

  Edit other{.text = "which?"};
  other.poll = PollDraft{{"c", "d", "e"}, 7200};
  auto after = edits(alice, post.id, other);
  EXPECT_TRUE(after.edited_at);
  EXPECT_EQ(after.poll, post.poll);
  EXPECT_EQ(world.count("select voters from poll"), 0);
  EXPECT_EQ(world.count("select count(*) from poll_vote"), 0);
  world.write([&](db::Writer& w) { vote(w, bob.id, post.poll, {2}); });

  EXPECT_FALSE(edits(alice, post.id, {.text = "no more questions"}).poll);
  EXPECT_EQ(world.count("select count(*) from poll"), 0);
}

}  // namespace
}  // namespace posy::social::testing
