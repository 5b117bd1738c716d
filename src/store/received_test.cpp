#include "store/received.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <thread>

#include "db/test_database.hpp"
#include "store/migrations.hpp"

namespace posy::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;
using enum ReceivedLane;

constexpr Milliseconds lease = std::chrono::minutes(10);

class TestClock final : public Clock {
 public:
  Time now() const override { return from_milliseconds(now_.load()); }
  void advance(Milliseconds by) { now_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_{1'800'000'000'000};
};

class Inbox : public ::testing::TestWithParam<db::Engine> {
 protected:
  Kept comes(std::vector<std::pair<std::string, std::string>> const& rows, ReceivedLane lane = others) {
    auto keep = [&](db::Writer& w) {
      std::vector<Received> all;
      for (auto const& [host, activity] : rows)
        all.push_back({.id = w.make_id<RowId>(),
                       .activity = activity,
                       .actor = host,
                       .body = "{}",
                       .received_at = w.now(),
                       .run_at = w.now(),
                       .host = host,
                       .lane = lane});
      return keep_received(w, all);
    };
    auto kept = database->write_now(keep);
    clock.advance(Milliseconds(1));
    return kept;
  }
  std::vector<std::string> taken(int limit = 10, ReceivedLane lane = others) {
    std::vector<std::string> out;
    auto take = [&](db::Writer& w) { return take_senders(w, lane, limit, lease); };
    for (auto const& sender : database->write_now(take)) out.push_back(sender.host);
    std::ranges::sort(out);
    return out;
  }
  std::vector<Received> due(std::string const& host, int limit = 10) {
    return database->read_now([&](db::Reader& r) { return due_received(r, others, host, limit); });
  }
  std::int64_t finish(std::string const& host, int limit) {
    auto rows = due(host, limit);
    auto act = [&](db::Writer& w) {
      std::vector<RowId> ids;
      for (auto const& row : rows) ids.push_back(row.id);
      auto done = finish_received(w, ids, "done");
      if (auto left = shorten_sender(w, others, host, done)) put_sender_back(w, *left);
      return done;
    };
    return database->write_now(act);
  }
  std::int64_t waiting() {
    return database->read_now([](db::Reader& r) { return weigh_received_waiting(r); });
  }

  TestClock clock;
  db::TestDatabase database{GetParam(), migrations(), &clock};
};
INSTANTIATE_TEST_SUITE_P(Engines, Inbox, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Inbox, KeepsWhatComesOnceAndCountsIt) {
  EXPECT_THAT(comes({{"a", "1"}, {"a", "2"}, {"b", "3"}}).is_new, ElementsAre(true, true, true));
  auto kept = comes({{"a", "2"}, {"a", "4"}, {"a", "4"}});
  EXPECT_THAT(kept.is_new, ElementsAre(false, true, false));
  ASSERT_THAT(kept.senders, SizeIs(1));
  EXPECT_EQ(kept.senders[0].waiting, 3);
  EXPECT_EQ(waiting(), 4);
  finish("a", 10);
  EXPECT_EQ(waiting(), 1);
  EXPECT_THAT(comes({{"a", "1"}}).is_new, ElementsAre(false));  // done, and known
  EXPECT_EQ(waiting(), 1);
}

TEST_P(Inbox, GivesEachQueueToOneOnlyUntilItsLeaseEnds) {
  comes({{"a", "1"}, {"b", "2"}});
  comes({{"a", "3"}}, letters);
  EXPECT_THAT(taken(), ElementsAre("a", "b"));
  comes({{"a", "4"}});
  EXPECT_THAT(taken(), IsEmpty());
  EXPECT_THAT(taken(10, letters), ElementsAre("a"));
  clock.advance(lease + Milliseconds(1));
  EXPECT_THAT(taken(), ElementsAre("a", "b"));
}

TEST_P(Inbox, IsNotGivenBackByWhoLostIt) {
  comes({{"a", "1"}});
  auto take = [](db::Writer& w) { return take_senders(w, others, 10, lease); };
  auto late = database->write_now(take).at(0);
  clock.advance(lease + Milliseconds(1));
  auto other = database->write_now(take).at(0);
  database->write_now([&](db::Writer& w) { put_sender_back(w, late); });
  EXPECT_THAT(taken(), IsEmpty()) << "the other one is at work on it";
  database->write_now([&](db::Writer& w) { put_sender_back(w, other); });
  EXPECT_THAT(taken(), ElementsAre("a"));
  finish("a", 10);
  comes({{"a", "2"}});
  EXPECT_THAT(taken(), ElementsAre("a"));
  database->write_now([&](db::Writer& w) { put_sender_back(w, other); });
  EXPECT_THAT(taken(), IsEmpty()) << "nor where the queue had ended and began anew";
}

TEST_P(Inbox, GivesAHostWithAThousandRowsOneTurnLikeOneWithASingleRow) {
  std::vector<std::pair<std::string, std::string>> many;
  for (int i = 0; i < 1000; ++i) many.emplace_back("loud", std::to_string(i));
  comes(many);
  comes({{"quiet", "q"}});
  EXPECT_THAT(taken(1), ElementsAre("loud"));
  EXPECT_THAT(due("loud", 3), SizeIs(3));
  finish("loud", 3);
  // It has gone behind the one that waits longer now.
  EXPECT_THAT(taken(1), ElementsAre("quiet"));
  finish("quiet", 10);
  EXPECT_THAT(taken(1), ElementsAre("loud"));
  EXPECT_EQ(due("loud", 1).at(0).activity, "3");
  EXPECT_EQ(waiting(), 997);
}

TEST_P(Inbox, WhatIsTriedLaterOrSetAsideHoldsNothingUp) {
  comes({{"a", "1"}, {"a", "2"}, {"a", "3"}});
  taken();
  auto rows = due("a");
  auto act = [&](db::Writer& w) {
    put_received_back(w, rows[0].id, w.now() + std::chrono::minutes(1), "later");
    set_received_aside(w, {rows[1].id}, w.now() + std::chrono::minutes(5));
    put_sender_back(w, shorten_sender(w, others, "a", 0).value());
  };
  database->write_now(act);
  EXPECT_THAT(taken(), ElementsAre("a"));
  ASSERT_THAT(due("a"), SizeIs(1));
  EXPECT_EQ(due("a")[0].activity, "3");
  finish("a", 10);
  EXPECT_EQ(waiting(), 2);
  EXPECT_THAT(taken(), IsEmpty());
  clock.advance(std::chrono::minutes(1));
  EXPECT_THAT(taken(), ElementsAre("a"));
  ASSERT_THAT(due("a"), SizeIs(1));
  EXPECT_EQ(due("a")[0].attempts, 1);
}

TEST_P(Inbox, WhatWasTakenWhenItStoppedGoesOnAtTheStart) {
  comes({{"a", "1"}});
  EXPECT_THAT(taken(), ElementsAre("a"));
  database->write_now([](db::Writer& w) { release_senders(w); });
  EXPECT_THAT(taken(), ElementsAre("a"));
}

TEST_P(Inbox, WaitsNoLongerWhenTheClockWasSetBack) {
  constexpr Milliseconds day = std::chrono::hours(24);
  comes({{"a", "1"}, {"a", "2"}, {"b", "3"}});
  clock.advance(-day);
  EXPECT_THAT(taken(), IsEmpty());
  database->write_now([&](db::Writer& w) { bring_received_forward(w, day); });
  EXPECT_THAT(taken(), UnorderedElementsAre("a", "b"));
  ASSERT_THAT(due("a"), SizeIs(2));
  EXPECT_EQ(due("a")[0].activity, "1");
}

TEST_P(Inbox, ALongActivityCountsForSeveral) {
  auto keep = [&](db::Writer& w) {
    Received row{.id = w.make_id<RowId>(), .activity = "1", .actor = "a", .body = std::string(40 << 10, ' '),
                 .received_at = w.now(), .run_at = w.now(), .host = "a"};
    row.weight = weight_of(row.body.size());
    return keep_received(w, {&row, 1});
  };
  EXPECT_EQ(database->write_now(keep).senders.at(0).waiting, 3);
  comes({{"a", "2"}});
  EXPECT_EQ(waiting(), 4);
  EXPECT_EQ(finish("a", 1), 3);
  EXPECT_EQ(waiting(), 1);
}

TEST_P(Inbox, ForgetsSomeAtATimeAndNothingThatWaits) {
  comes({{"a", "1"}, {"a", "2"}, {"a", "3"}});
  finish("a", 3);
  comes({{"a", "4"}});
  clock.advance(std::chrono::hours(1));
  auto forget = [&](int limit) {
    return database->write_now([&](db::Writer& w) { return forget_received(w, w.now(), limit); });
  };
  EXPECT_TRUE(forget(2));
  EXPECT_FALSE(forget(2));
  auto left = database->read_now([](db::Reader& r) { return r.all<std::string>("select activity from received"); });
  EXPECT_THAT(left, ElementsAre("4"));
}

TEST_P(Inbox, AQueueRestsUntilMoreComes) {
  comes({{"a", "1"}});
  auto rest = [](db::Writer& w) {
    for (auto const& sender : take_senders(w, others, 10, lease)) put_sender_back(w, sender, std::chrono::seconds(5));
  };
  database->write_now(rest);
  EXPECT_THAT(taken(), IsEmpty());
  clock.advance(std::chrono::seconds(5));
  EXPECT_THAT(taken(), ElementsAre("a"));
}

// Those who keep and those who work off touch the same row of a queue.
TEST_P(Inbox, NothingIsForgottenWhileQueuesAreWorkedOffAndGrow) {
  constexpr int rounds = 60;
  auto add = [&](int who) {
    for (int i = 0; i < rounds; ++i)
      comes({{"a", fmt::format("{}-{}", who, i)}, {"b" + std::to_string(i % 3), fmt::format("{}+{}", who, i)}});
  };
  std::thread one(add, 1), two(add, 2);
  std::int64_t done = 0;
  auto work = [&] {
    for (auto const& host : taken()) done += finish(host, 5);
  };
  for (int i = 0; i < 50; ++i) work();
  one.join();
  two.join();
  for (int i = 0; i < 500 && waiting() > 0; ++i) work();
  EXPECT_EQ(done, 4 * rounds);
  auto left = database->read_now([](db::Reader& r) { return r.one<int>("select count(*) from sender"); });
  EXPECT_EQ(left, 0);
}

}  // namespace
}  // namespace posy::store
