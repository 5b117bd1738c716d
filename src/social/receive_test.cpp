#include "social/receive.hpp"

#include "social/test_world.hpp"
#include "social/timelines.hpp"

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

}  // namespace
}  // namespace posy::social::testing
