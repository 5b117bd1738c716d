#include "social/report.hpp"

#include <gmock/gmock.h>

#include "social/collections.hpp"
#include "social/remove.hpp"
#include "social/test_world.hpp"

namespace posy::social::testing {
namespace {

using store::Report;
using store::ReportCategory;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Reports : public Rules {
 protected:
  Person alice = world.local("alice");
  Person troll = world.local("troll");
  Person bob = world.local("bob");

  Report sends(ReportDraft const& draft) {
    return world.write([&](db::Writer& w) { return report(w, alice.id, draft); });
  }
  Refusal refusal(ReportDraft const& draft) {
    return world.refusal([&](db::Writer& w) { report(w, alice.id, draft); }).refusal;
  }
  std::vector<PostId> posts(Report const& report) {
    return world.read([&](db::Reader& r) { return store::reported_posts(r, report.id); });
  }
};

TEST_P(Reports, KeepWhatWasSaidAndWhatItIsAbout) {
  auto first = troll.posts("one"), second = troll.posts("two");
  auto collection =
      world.write([&](db::Writer& w) { return create_collection(w, troll.id, {.name = "x"}, {}); });
  auto made = sends({.target = troll.id,
                     .posts = {second.id, first.id, second.id},
                     .collections = {collection.id},
                     .category = ReportCategory::spam,
                     .comment = "sells things",
                     .forward = true});
  EXPECT_THAT(posts(made), ElementsAre(first.id, second.id));
  EXPECT_THAT(world.read([&](db::Reader& r) { return store::reported_collections(r, made.id); }),
              ElementsAre(collection.id));
  EXPECT_EQ(made.comment, "sells things");
  EXPECT_FALSE(made.forward);  // she is of this server
  EXPECT_EQ(world.count("select count(*) from report where category = 1 and action_taken_at is null"), 1);
  // What was reported is remembered when it is gone.
  world.write([&](db::Writer& w) { remove_post(w, troll.id, first.id, KeepMedia::no); });
  EXPECT_THAT(posts(made), ElementsAre(first.id, second.id));
}

TEST_P(Reports, RememberThatAnotherServerShouldKnow) {
  auto rita = world.remote("rita", "far.example");
  EXPECT_TRUE(sends({.target = rita.id, .forward = true}).forward);
  EXPECT_FALSE(sends({.target = rita.id}).forward);
}

TEST_P(Reports, AreAboutPostsOfTheTargetThatTheReporterCanSee) {
  EXPECT_EQ(refusal({.target = troll.id, .posts = {bob.posts("fine").id}}), Refusal::not_found);
  EXPECT_EQ(refusal({.target = troll.id, .posts = {PostId{1}}}), Refusal::not_found);
  auto friends = troll.posts("for friends", Visibility::followers);
  EXPECT_EQ(refusal({.target = troll.id, .posts = {friends.id}}), Refusal::not_found);
  EXPECT_EQ(refusal({.target = troll.id, .posts = {troll.posts("@bob hm", Visibility::direct).id}}),
            Refusal::not_found);
  auto direct = troll.posts("@alice hm", Visibility::direct);
  EXPECT_THAT(posts(sends({.target = troll.id, .posts = {direct.id}})), ElementsAre(direct.id));
  alice.follows(troll);
  EXPECT_THAT(posts(sends({.target = troll.id, .posts = {friends.id}})), ElementsAre(friends.id));
}

TEST_P(Reports, MayFollowABlock) {
  auto post = troll.posts("@alice hm");
  alice.blocks(troll);
  EXPECT_THAT(posts(sends({.target = troll.id, .posts = {post.id}})), ElementsAre(post.id));
}

TEST_P(Reports, AreRefusedWhenTheyMakeNoSense) {
  EXPECT_EQ(refusal({.target = AccountId{1}}), Refusal::not_found);
  EXPECT_EQ(refusal({.target = troll.id, .collections = {store::CollectionId{1}}}), Refusal::not_found);
  EXPECT_EQ(refusal({.target = troll.id, .rules = {"1"}}), Refusal::unprocessable);
  EXPECT_EQ(refusal({.target = troll.id, .comment = std::string(1001, 'x')}), Refusal::unprocessable);
  EXPECT_EQ(refusal({.target = troll.id, .posts = std::vector<PostId>(101, PostId{1})}),
            Refusal::unprocessable);
  EXPECT_EQ(world.count("select count(*) from report"), 0);
  EXPECT_THAT(posts(sends({.target = troll.id, .comment = std::string(1000, 'x')})), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, Reports, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace posy::social::testing
