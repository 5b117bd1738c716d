#include "social/report.hpp"

#include <gmock/gmock.h>

#include "social/collections.hpp"
#include "social/remove.hpp"
#include "social/test_world.hpp"
#include "text/plain.hpp"

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
  EXPECT_EQ(world.count("select count(*) from job where kind = 'send'"), 1);
  EXPECT_FALSE(sends({.target = rita.id}).forward);
  EXPECT_EQ(world.count("select count(*) from job where kind = 'send'"), 1);
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

TEST_P(Reports, TellEveryModeratorButTheReporterEachTime) {
  auto rank = [&](Person const& who, store::Role role) {
    world.write([&](db::Writer& w) {
      auto login = store::find_login(w, who.id).value();
      login.role = role;
      store::update_login(w, login);
    });
  };
  auto mia = world.local("mia");
  rank(mia, store::Role::moderator), rank(bob, store::Role::owner), rank(alice, store::Role::admin);
  mia.blocks(alice);
  auto first = sends({.target = troll.id}), second = sends({.target = troll.id});
  for (auto const& told : {mia, bob}) EXPECT_EQ(world.notifications(told, store::NotificationKind::admin_report), 2);
  for (auto const& other : {alice, troll})
    EXPECT_EQ(world.notifications(other, store::NotificationKind::admin_report), 0);
  auto named = world.read([&](db::Reader& r) {
    std::vector<store::ReportId> out;
    for (auto const& one : store::notifications(r, {.account = bob.id}, {})) out.push_back(one.report);
    return out;
  });
  EXPECT_THAT(named, ElementsAre(second.id, first.id));
}

class ReportsFromElsewhere : public Reports {
 protected:
  Person server = world.remote("far.example", "far.example");

  std::optional<Report> arrives(std::string uri, std::vector<PostId> posts = {}, std::string comment = "look") {
    return world.write([&](db::Writer& w) {
      return receive_report(w, {std::move(uri), server.id, troll.id, std::move(posts), std::move(comment)});
    });
  }
};

TEST_P(ReportsFromElsewhere, AreKeptOnceAndTold) {
  world.write([&](db::Writer& w) {
    auto login = store::find_login(w, bob.id).value();
    login.role = store::Role::moderator;
    store::update_login(w, login);
  });
  auto made = arrives("https://far.example/1", {}, std::string(3000, 'x'));
  ASSERT_TRUE(made);
  EXPECT_EQ(text::count_characters(made->comment), 1000u);
  EXPECT_EQ(made->account, server.id);
  EXPECT_FALSE(arrives("https://far.example/1"));
  EXPECT_EQ(world.count("select count(*) from report"), 1);
  EXPECT_EQ(world.notifications(bob, store::NotificationKind::admin_report), 1);
}

TEST_P(ReportsFromElsewhere, NameOnlyPostsThatTheirServerMayHave) {
  world.remote("rita", "far.example");
  auto open = troll.posts("hm"), hidden = troll.posts("hm", Visibility::followers);
  auto written = troll.posts("@rita@far.example hm", Visibility::direct);
  auto to_alice = troll.posts("@alice hm", Visibility::direct);
  auto others = bob.posts("x");
  auto made =
      arrives("https://far.example/2", {open.id, hidden.id, written.id, to_alice.id, others.id, PostId{1}});
  EXPECT_THAT(posts(*made), ElementsAre(open.id, written.id));
  server.follows(troll);
  EXPECT_THAT(posts(*arrives("https://far.example/3", {hidden.id})), ElementsAre(hidden.id));
}

TEST_P(ReportsFromElsewhere, AreBoundedForEachServer) {
  int kept = 0;
  for (int i = 0; i < 130; ++i)
    if (arrives("https://far.example/" + std::to_string(i))) ++kept;
  EXPECT_EQ(kept, 100);
  server = world.remote("other.example", "other.example");
  EXPECT_TRUE(arrives("https://other.example/1"));
  server = world.remote("far2", "far.example");
  EXPECT_FALSE(arrives("https://far.example/again"));
  world.clock.advance(std::chrono::hours(25));
  EXPECT_TRUE(arrives("https://far.example/tomorrow"));
}

INSTANTIATE_TEST_SUITE_P(Engines, ReportsFromElsewhere, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);
INSTANTIATE_TEST_SUITE_P(Engines, Reports, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace posy::social::testing
