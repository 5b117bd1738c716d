#include "social/receive.hpp"

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
