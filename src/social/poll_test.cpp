#include "social/poll.hpp"

#include "social/test_world.hpp"

namespace posy::social::testing {
namespace {

using store::NotificationKind;

class Polls : public Rules {
 protected:
  Person alice = world.local("alice");
  Person bob = world.local("bob");

  PollId asks(bool multiple, Visibility visibility = Visibility::everyone) {
    auto draft = alice.draft("which?");
    draft.visibility = visibility;
    draft.poll = PollDraft{{"one", "two", "three"}, 3600, multiple};
    return alice.publishes(draft).poll;
  }
  void votes(Person const& who, PollId poll, std::vector<std::int64_t> choices) {
    world.write([&](db::Writer& w) { vote(w, who.id, poll, choices); });
  }
  std::string refused(Person const& who, PollId poll, std::vector<std::int64_t> choices) {
    return world.refusal([&](db::Writer& w) { vote(w, who.id, poll, choices); }).message;
  }
  std::vector<std::int64_t> counts(PollId poll) {
    std::vector<std::int64_t> out;
    for (auto const& option : world.read([&](db::Reader& r) { return store::options_of(r, {poll}); }))
      out.push_back(option.votes);
    return out;
  }
  std::int64_t voters(PollId poll) {
    return world.read([&](db::Reader& r) { return store::find_poll(r, poll)->voters; });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Polls, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Polls, CountVotesAndVoters) {
  auto poll = asks(true);
  votes(bob, poll, {2, 0, 2});
  votes(world.local("carol"), poll, {0});
  EXPECT_EQ(counts(poll), (std::vector<std::int64_t>{2, 0, 1}));
  EXPECT_EQ(voters(poll), 2);
}

TEST_P(Polls, TakeOneVoteAPerson) {
  auto poll = asks(false);
  votes(bob, poll, {1});
  EXPECT_EQ(refused(bob, poll, {0}), "Validation failed: You have already voted on this poll");
  EXPECT_EQ(counts(poll), (std::vector<std::int64_t>{0, 1, 0}));
  EXPECT_EQ(voters(poll), 1);
}

TEST_P(Polls, RefuseWhatIsNoChoice) {
  auto poll = asks(false);
  EXPECT_EQ(refused(bob, poll, {3}), "Validation failed: The chosen vote option does not exist");
  EXPECT_EQ(refused(bob, poll, {-1}), "Validation failed: The chosen vote option does not exist");
  EXPECT_NE(refused(bob, poll, {0, 1}), "");
  EXPECT_NE(refused(bob, poll, {}), "");
  EXPECT_EQ(refused(alice, poll, {0}), "Validation failed: You cannot vote in your own polls");
  EXPECT_EQ(voters(poll), 0);
}

TEST_P(Polls, AreOnlyForThoseWhoSeeThem) {
  auto poll = asks(false, Visibility::followers);
  EXPECT_EQ(refused(bob, poll, {0}), "Record not found");
  bob.follows(alice);
  votes(bob, poll, {0});
}

TEST_P(Polls, EndAtTheirTimeAndTellTheVotersOnce) {
  auto poll = asks(false);
  votes(bob, poll, {0});
  auto end = [&] { world.write([&](db::Writer& w) { end_poll(w, poll); }); };
  end();
  EXPECT_EQ(world.notifications(bob, NotificationKind::poll), 0);
  world.clock.advance(std::chrono::hours(1));
  EXPECT_EQ(refused(world.local("late"), poll, {0}), "Validation failed: The poll has already ended");
  end();
  end();
  EXPECT_EQ(world.notifications(bob, NotificationKind::poll), 1);
  EXPECT_EQ(world.notifications(alice, NotificationKind::poll), 1);
}

TEST_P(Polls, CountOnceWhoVotesTwiceAtTheSameTime) {
  auto poll = asks(false);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      try {
        votes(bob, poll, {1});
      } catch (Refused const&) {
        // Three of them come too late.
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(counts(poll), (std::vector<std::int64_t>{0, 1, 0}));
  EXPECT_EQ(voters(poll), 1);
}

}  // namespace
}  // namespace posy::social::testing
