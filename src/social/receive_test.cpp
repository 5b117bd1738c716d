#include "social/receive.hpp"

#include "social/adopt.hpp"
#include "social/test_world.hpp"
#include "social/timelines.hpp"

#include <set>

namespace posy::social::testing {
namespace {

using store::NotificationKind;

class Receive : public Rules {
 protected:
  Person anna = world.local("anna");
  Person zoe = world.remote("zoe", "far.example");

  Arrival arrival(bool is_news) {
    Arrival out{.author = zoe.id, .uri = "https://far.example/posts/1", .content = "<p>hello</p>"};
    out.mentioned = {anna.id};
    out.is_news = is_news;
    return out;
  }
  Post receives(Arrival const& arrived) {
    return world.write([&](db::Writer& w) { return receive_post(w, arrived); });
  }
  std::vector<PostId> home() {
    return world.read([&](db::Reader& r) { return home_timeline(r, anna.id, {}); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Receive, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Receive, WhatWasLookedUpIsNewsOnceItIsSent) {
  anna.follows(zoe);
  auto post = receives(arrival(false));
  EXPECT_TRUE(home().empty());
  EXPECT_EQ(world.notifications(anna, NotificationKind::mention), 0);

  EXPECT_EQ(receives(arrival(true)).id, post.id);
  EXPECT_EQ(home(), std::vector<PostId>{post.id});
  EXPECT_EQ(world.notifications(anna, NotificationKind::mention), 1);

  receives(arrival(true));
  EXPECT_EQ(home(), std::vector<PostId>{post.id});
  EXPECT_EQ(world.notifications(anna, NotificationKind::mention), 1);
  EXPECT_EQ(world.posts_of(zoe), 1);
}

TEST_P(Receive, NobodyMakesNewsOfAnotherOnesPost) {
  anna.follows(zoe);
  receives(arrival(false));
  auto theirs = arrival(true);
  theirs.author = world.remote("eve", "far.example").id;
  receives(theirs);
  EXPECT_TRUE(home().empty());
}

TEST_P(Receive, WhatCameBeforeWhatItAnswersJoinsItsThreadLater) {
  auto answer = arrival(true), below = arrival(true);
  answer.uri = "https://far.example/posts/2";
  answer.parent = "https://far.example/posts/1";
  below.uri = "https://far.example/posts/3";
  auto first = receives(answer);
  below.in_reply_to = first.id;
  auto second = receives(below);
  EXPECT_EQ(second.thread, first.id);

  auto parent = receives(arrival(false));
  auto find = [&](PostId id) { return world.read([&](db::Reader& r) { return *store::find_post(r, id); }); };
  EXPECT_EQ(find(first.id).in_reply_to, parent.id);
  EXPECT_EQ(find(first.id).in_reply_to_account, zoe.id);
  EXPECT_EQ(find(first.id).thread, parent.id);
  EXPECT_EQ(find(second.id).thread, parent.id);
  auto replies = world.read([&](db::Reader& r) { return store::post_stats(r, {parent.id}).at(0).replies; });
  EXPECT_EQ(replies, 1);
}

TEST_P(Receive, NothingJoinsWhatItsAuthorMayNotSeeNorItsOwnAnswers) {
  auto eve = world.remote("eve", "bad.example");
  auto answer = arrival(true);
  answer.author = eve.id;
  answer.uri = "https://bad.example/posts/2";
  answer.parent = "https://far.example/posts/1";
  auto intruder = receives(answer);
  auto hidden = arrival(true);
  hidden.visibility = store::Visibility::followers;
  receives(hidden);
  auto find = [&](PostId id) { return world.read([&](db::Reader& r) { return *store::find_post(r, id); }); };
  EXPECT_FALSE(find(intruder.id).in_reply_to);

  auto one = arrival(true), other = arrival(true);
  one.uri = "https://far.example/posts/5";
  one.parent = "https://far.example/posts/6";
  other.uri = "https://far.example/posts/6";
  other.in_reply_to = receives(one).id;
  auto last = receives(other);
  EXPECT_FALSE(find(last.in_reply_to).in_reply_to) << "each would answer the other";
}

TEST_P(Receive, ThousandsWhoWaitedJoinSomeAtATime) {
  auto answer = arrival(true);
  answer.parent = "https://far.example/posts/1";
  for (int i = 0; i < 60; ++i) {
    answer.uri = "https://far.example/answers/" + std::to_string(i);
    receives(answer);
  }
  auto parent = receives(arrival(false));
  auto replies = [&] {
    return world.read([&](db::Reader& r) { return store::post_stats(r, {parent.id}).at(0).replies; });
  };
  EXPECT_EQ(replies(), 50);
  EXPECT_FALSE(world.write([&](db::Writer& w) { return adopt_some(w, parent); }));
  EXPECT_EQ(replies(), 60);
}

// Most servers give no milliseconds, and thousands may answer one post within a second.
TEST_P(Receive, ManyPostsOfOneSecondHaveIdsOfTheirOwnWithinIt) {
  constexpr int many = 1500;
  auto second = Time{std::chrono::seconds(1'700'000'000)};
  auto receive_all = [&](db::Writer& w) {
    std::set<std::int64_t> ids;
    for (int i = 0; i < many; ++i) {
      auto one = arrival(false);
      one.uri += std::to_string(i);
      one.published = second;
      ids.insert(receive_post(w, one).id.value);
    }
    return ids;
  };
  auto ids = world.write(receive_all);
  EXPECT_EQ(ids.size(), static_cast<std::size_t>(many));
  EXPECT_GE(*ids.begin(), first_id_at(second));
  EXPECT_LT(*ids.rbegin(), first_id_at(second + std::chrono::seconds(1)));
}

}  // namespace
}  // namespace posy::social::testing
