// Answers that come before what they answer.
#include "social/join_thread.hpp"

#include <gmock/gmock.h>

#include "social/favourite.hpp"
#include "social/mark.hpp"
#include "social/receive.hpp"
#include "social/test_world.hpp"
#include "store/awaited.hpp"
#include "store/conversation.hpp"
#include "store/remote.hpp"

namespace posy::social::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Joining : public Rules {
 protected:
  Person anna = world.local("anna");
  Person zoe = world.remote("zoe", "far.example");
  Person uma = world.remote("uma", "far.example");

  static std::string uri(int number) { return "https://far.example/posts/" + std::to_string(number); }

  // The post with this number, which answers the other one: that is there already, or waited for.
  Post comes(int number, int answers = 0, Visibility visibility = Visibility::everyone,
             std::vector<AccountId> mentioned = {}) {
    world.clock.advance(std::chrono::seconds(1));
    return world.write([&](db::Writer& w) {
      Arrival arrival{.author = zoe.id, .uri = uri(number), .content = "<p>hello</p>"};
      arrival.visibility = visibility;
      arrival.mentioned = mentioned;
      auto parent = answers ? store::find_post_by_uri(w, uri(answers)) : std::nullopt;
      if (parent) arrival.in_reply_to = parent->id;
      else if (answers) arrival.awaited = uri(answers);
      return receive_post(w, arrival);
    });
  }
  Post now(Post const& post) {
    return *world.read([&](db::Reader& r) { return store::find_post(r, post.id); });
  }
  // As the jobs do, one slice after the other; how many of them there were.
  int work(bool (*some)(db::Writer&, PostId), Post const& post) {
    int slices = 1;
    while (world.write([&](db::Writer& w) { return some(w, post.id); })) ++slices;
    return slices;
  }
  std::vector<PostId> below(Post const& post) {
    return world.read([&](db::Reader& r) { return store::descendants(r, post, 1000); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Joining, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Joining, AnAnswerFindsItsPlaceWhenWhatItAnswersComes) {
  auto answer = comes(2, 1);
  EXPECT_FALSE(answer.in_reply_to);
  EXPECT_EQ(answer.thread, answer.id);
  world.clock.advance(std::chrono::seconds(1));
  auto further = anna.replies(answer, "indeed");
  EXPECT_EQ(further.thread, answer.id);

  auto root = comes(1);
  EXPECT_EQ(now(answer).in_reply_to, root.id);
  EXPECT_EQ(now(answer).in_reply_to_account, zoe.id);
  EXPECT_EQ(now(answer).thread, root.id);
  EXPECT_EQ(now(further).thread, root.id);
  EXPECT_EQ(now(further).in_reply_to, answer.id);
  EXPECT_EQ(world.stats(root.id).replies, 1);
  EXPECT_THAT(below(root), ElementsAre(answer.id, further.id));
  EXPECT_EQ(world.count("select count(*) from awaited_parent"), 0);
}

TEST_P(Joining, AWholeChainThatCameUpsideDownBecomesOneThread) {
  auto fourth = comes(4, 3), third = comes(3, 2), second = comes(2, 1), first = comes(1);
  for (auto const& post : {second, third, fourth}) {
    work(move_some_of_thread, post);
    EXPECT_EQ(now(post).thread, first.id);
  }
  EXPECT_EQ(now(fourth).in_reply_to, third.id);
  EXPECT_EQ(now(third).in_reply_to, second.id);
  EXPECT_EQ(now(second).in_reply_to, first.id);
}

TEST_P(Joining, WhatOnlyFollowersMayReadIsNotCountedAndAStrangerToItDoesNotJoin) {
  auto quiet = comes(2, 1, Visibility::followers);
  auto other = world.write([&](db::Writer& w) {
    Arrival arrival{.author = uma.id, .uri = uri(3), .content = "<p>me too</p>"};
    arrival.awaited = uri(4);
    return receive_post(w, arrival);
  });
  auto root = comes(1);
  EXPECT_EQ(now(quiet).in_reply_to, root.id);
  EXPECT_EQ(world.stats(root.id).replies, 0);
  comes(4, 0, Visibility::followers);  // uma does not follow zoe
  EXPECT_FALSE(now(other).in_reply_to);
  EXPECT_EQ(now(other).thread, other.id);
}

TEST_P(Joining, WhatAnswersItIsNeverWhatItAnswers) {
  auto first = comes(1, 2);
  auto second = comes(2, 1);
  EXPECT_EQ(second.in_reply_to, first.id);
  EXPECT_FALSE(now(first).in_reply_to);
  EXPECT_EQ(now(second).thread, first.id);
  auto itself = comes(7, 7);
  EXPECT_FALSE(now(itself).in_reply_to);
  EXPECT_EQ(now(itself).thread, itself.id);
}

TEST_P(Joining, AsManyAsAHostilePeerLikesArePlacedSomeAtATime) {
  constexpr int many = 130;
  world.write([&](db::Writer& w) {
    for (int i = 0; i < many; ++i) {
      Arrival arrival{.author = zoe.id, .uri = uri(100 + i), .content = "<p>hello</p>", .is_news = false};
      arrival.awaited = uri(1);
      receive_post(w, arrival);
    }
  });
  auto root = comes(1);
  EXPECT_LT(world.stats(root.id).replies, many);
  EXPECT_EQ(world.count("select count(*) from job where kind = 'place_waiting'"), 1);
  EXPECT_EQ(work(place_some_waiting, root), 2);
  EXPECT_EQ(world.stats(root.id).replies, many);
  EXPECT_EQ(below(root).size(), many);
}

TEST_P(Joining, ALongThreadMovesSomeAtATimeAlsoWhileItsNewPlaceMoves) {
  constexpr int many = 250;
  auto part = comes(3, 2);
  world.write([&](db::Writer& w) {
    for (int i = 0; i < many; ++i) {
      Arrival arrival{.author = zoe.id, .uri = uri(100 + i), .content = "<p>hello</p>", .is_news = false};
      arrival.in_reply_to = part.id;
      receive_post(w, arrival);
    }
  });
  auto middle = comes(2, 1);
  auto late = anna.replies(now(part), "what I think");
  auto root = comes(1);
  EXPECT_EQ(world.count("select count(*) from job where kind = 'move_thread'"), 2);
  work(move_some_of_thread, middle);
  EXPECT_GE(work(move_some_of_thread, part), 2);
  work(move_some_of_thread, middle);
  auto in_thread = world.read([&](db::Reader& r) {
    return r.one<std::int64_t>("select count(*) from post where thread = $1", root.id);
  });
  EXPECT_EQ(in_thread, many + 4);
  EXPECT_EQ(now(late).thread, root.id);
}

TEST_P(Joining, WhoMutedThePartHasMutedTheWhole) {
  auto answer = comes(2, 1, Visibility::everyone, {anna.id});
  world.write([&](db::Writer& w) { mute_thread(w, anna.id, answer.id); });
  auto root = comes(1);
  comes(3, 1, Visibility::everyone, {anna.id});
  EXPECT_EQ(world.notifications(anna, store::NotificationKind::mention), 1);
  EXPECT_EQ(world.count("select count(*) from thread_mute where thread = " + root.id.str()), 1);
}

TEST_P(Joining, LettersOfOneThreadAreOneConversation) {
  auto answer = comes(2, 1, Visibility::direct, {anna.id});
  auto root = comes(1, 0, Visibility::direct, {anna.id});
  work(move_some_of_thread, answer);
  auto conversations = world.read([&](db::Reader& r) { return store::conversations(r, anna.id, {}); });
  ASSERT_EQ(conversations.size(), 1u);
  EXPECT_EQ(conversations[0].thread, root.id);
  EXPECT_TRUE(conversations[0].unread);
  auto third = comes(3, 2, Visibility::direct, {anna.id});
  conversations = world.read([&](db::Reader& r) { return store::conversations(r, anna.id, {}); });
  ASSERT_EQ(conversations.size(), 1u);
  EXPECT_EQ(conversations[0].last_post, third.id);
}

TEST_P(Joining, WhatIsGoneWaitsForNothing) {
  auto answer = comes(2, 1);
  world.write([&](db::Writer& w) { w.run("delete from post where id = $1", answer.id); });
  EXPECT_EQ(world.count("select count(*) from awaited_parent"), 0);
  EXPECT_EQ(world.stats(comes(1).id).replies, 0);
}

}  // namespace
}  // namespace posy::social::testing
