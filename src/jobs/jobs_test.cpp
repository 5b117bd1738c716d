#include <gtest/gtest.h>

#include "db/test_database.hpp"
#include "jobs/runner.hpp"
#include "store/migrations.hpp"

namespace posy::jobs {
namespace {

class TestClock final : public Clock {
 public:
  Time now() const override { return now_; }
  void advance(Milliseconds by) { now_ += by; }

 private:
  Time now_ = from_milliseconds(1'800'000'000'000);
};

class Jobs : public testing::TestWithParam<db::Engine> {
 protected:
  void add(Time when) {
    database->write_now([&](db::Writer& w) { jobs::add(w, EndPoll{PollId{7}}, when); });
  }
  std::int64_t queued() {
    return database->read_now([](db::Reader& r) { return r.one<std::int64_t>("select count(*) from job"); });
  }
  Handlers handlers(std::function<void(EndPoll const&)> work,
                    std::function<void(EndPoll const&, Error const&)> refused = {}) {
    Handlers out;
    out.set<EndPoll>(std::move(work), std::move(refused));
    return out;
  }

  TestClock clock;
  db::TestDatabase database{GetParam(), store::migrations(), &clock};
};
INSTANTIATE_TEST_SUITE_P(Engines, Jobs, testing::ValuesIn(db::engines()),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

TEST_P(Jobs, RunAtTheirTimeAndOnce) {
  std::vector<std::int64_t> seen;
  Runner runner(*database, handlers([&](EndPoll const& job) { seen.push_back(job.poll.value); }));
  add(clock.now() + 1min);
  EXPECT_EQ(runner.run_due(), 0);
  clock.advance(1min);
  EXPECT_EQ(runner.run_due(), 1);
  EXPECT_EQ(runner.run_due(), 0);
  EXPECT_EQ(seen, std::vector<std::int64_t>{7});
  EXPECT_EQ(queued(), 0);
}

TEST_P(Jobs, OfAKilledServerAreDueWhenItStarts) {
  add(clock.now());
  EXPECT_EQ(database->write_now([](db::Writer& w) { return take_due(w, 5); }).size(), 1u);
  clock.advance(1s);
  auto is_due = [&] { return database->read_now([](db::Reader& r) { return is_any_due(r); }); };
  EXPECT_FALSE(is_due());
  database->write_now([](db::Writer& w) { release(w); });
  EXPECT_TRUE(is_due());
}

TEST_P(Jobs, KeepTheirTimeWhenTheServerStarts) {
  add(clock.now() + 1min);
  database->write_now([](db::Writer& w) { release(w); });
  EXPECT_FALSE(database->read_now([](db::Reader& r) { return is_any_due(r); }));
}

TEST_P(Jobs, AreInTheQueueOnce) {
  add(clock.now());
  add(clock.now() + 1h);
  EXPECT_EQ(queued(), 1);
  Runner runner(*database, handlers([](EndPoll const&) {}));
  EXPECT_EQ(runner.run_due(), 0);
}

TEST_P(Jobs, ThatFailAreTriedAgainLaterAndLater) {
  int attempts = 0;
  Runner runner(*database, handlers([&](EndPoll const&) {
    if (++attempts < 3) throw std::runtime_error("not now");
  }));
  add(clock.now());
  EXPECT_EQ(runner.run_due(), 1);
  EXPECT_EQ(runner.run_due(), 0);
  clock.advance(30s);
  EXPECT_EQ(runner.run_due(), 1);
  clock.advance(30s);
  EXPECT_EQ(runner.run_due(), 0);
  clock.advance(30s);
  EXPECT_EQ(runner.run_due(), 1);
  EXPECT_EQ(attempts, 3);
  EXPECT_EQ(queued(), 0);
}

TEST_P(Jobs, ThatAlwaysFailEndAfterTheirLastAttempt) {
  int attempts = 0;
  Runner runner(*database, handlers([&](EndPoll const&) {
    ++attempts;
    throw std::runtime_error("never");
  }));
  add(clock.now());
  for (int i = 0; i < 40; ++i) {
    runner.run_due();
    clock.advance(1h);
  }
  EXPECT_EQ(attempts, find_policy(EndPoll::kind)->attempts);
  EXPECT_EQ(queued(), 0);
}

TEST_P(Jobs, WriteWithTheirEndOrNotAtAll) {
  auto written = [&] {
    return database->read_now([](db::Reader& r) { return r.one<int>("select count(*) from retired_inbox"); });
  };
  auto write = [](db::Writer& w, EndPoll const&) {
    w.run("insert into retired_inbox (inbox, retired_at) values ($1, 0)", w.make_id<RowId>().str());
  };
  int runs = 0, afterwards = 0;
  Handlers failing;
  failing.set_once<EndPoll>(
      [&](db::Writer& w, EndPoll const& job) {
        write(w, job);
        if (++runs == 1) throw std::runtime_error("not now");
      },
      {}, [&] { ++afterwards; });
  Runner runner(*database, std::move(failing));
  add(clock.now());
  EXPECT_EQ(runner.run_due(), 1);
  EXPECT_EQ(std::tuple(written(), queued(), afterwards), std::tuple(0, 1, 0));
  clock.advance(30s);
  EXPECT_EQ(runner.run_due(), 1);
  EXPECT_EQ(std::tuple(written(), queued(), afterwards), std::tuple(1, 0, 1));
}

TEST_P(Jobs, WriteOnceAlsoWhenAnotherProcessTookOver) {
  auto count = [](db::Writer& w, EndPoll const&) {
    w.run("insert into retired_inbox (inbox, retired_at) values ($1, 0)", w.make_id<RowId>().str());
  };
  Handlers others;
  others.set_once<EndPoll>(count, {}, {});
  Runner other(*database, std::move(others));
  Handlers slow;
  slow.set_once<EndPoll>(
      count,
      [&](EndPoll const&) {
        clock.advance(lease + Milliseconds(1));
        EXPECT_EQ(other.run_due(), 1);
      },
      {});
  Runner runner(*database, std::move(slow));
  add(clock.now());
  EXPECT_EQ(runner.run_due(), 1);
  EXPECT_EQ(queued(), 0);
  EXPECT_EQ(database->read_now([](db::Reader& r) { return r.one<int>("select count(*) from retired_inbox"); }), 1);
}

TEST_P(Jobs, ThatAreRefusedAreHandedOverAndDone) {
  std::string reason;
  Runner runner(*database, handlers([](EndPoll const&) { refuse(Refusal::not_found, "gone"); },
                                    [&](EndPoll const&, Error const& error) { reason = error.message; }));
  add(clock.now());
  EXPECT_EQ(runner.run_due(), 1);
  EXPECT_EQ(reason, "gone");
  EXPECT_EQ(queued(), 0);
}

TEST_P(Jobs, OfAProcessThatDiedAreDueAgainAfterTheLease) {
  add(clock.now());
  auto take = [](db::Writer& w) { return take_due(w, 10); };
  EXPECT_EQ(database->write_now(take).size(), 1u);
  EXPECT_EQ(database->write_now(take).size(), 0u);
  clock.advance(lease);
  auto again = database->write_now(take);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].attempts, 2);
}


TEST_P(Jobs, WaitForTheCalendarAndForNothingElseWhenTheClockIsSetBack) {
  Send const send{.account = AccountId{1}};
  database->write_now([&](db::Writer& w) {
    jobs::add(w, EndPoll{PollId{7}}, w.now() + 1h);
    jobs::add(w, send, w.now() + 24h);  // "now", by the clock that was wrong
    bring_forward(w, 24h);
  });
  auto due = database->write_now([](db::Writer& w) { return take_due(w, 5); });
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0].kind, Send::kind);
}

TEST_P(Jobs, ThatCouldNotBeRecordedAreDueAtOnceAndLoseNoAttempt) {
  add(clock.now());
  auto take = [&] { return database->write_now([](db::Writer& w) { return take_due(w, 5); }); };
  auto taken = take();
  ASSERT_EQ(taken.size(), 1u);
  database->write_now([&](db::Writer& w) { give_back(w, {taken[0].id}); });
  taken = take();
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken[0].attempts, 1);
}

TEST_P(Jobs, AreKeptWhateverTheDatabaseCannotDoAtTheTime) {
  bool is_full = true;
  Runner runner(*database, handlers([&](EndPoll const&) {
    if (is_full) throw db::Failure(db::FailureKind::full, "no space");
  }));
  add(clock.now());
  for (int i = 0; i < find_policy(EndPoll::kind)->attempts + 1; ++i) {
    EXPECT_THROW(runner.run_due(), db::Failure);
    clock.advance(lease);
  }
  is_full = false;
  EXPECT_EQ(runner.run_due(), 1);
  EXPECT_EQ(queued(), 0);
}

TEST_P(Jobs, RunInTheBackground) {
  std::mutex mutex;
  std::condition_variable done;
  bool ran = false;
  add(clock.now());
  Runner runner(*database, handlers([&](EndPoll const&) {
    std::scoped_lock lock(mutex);
    ran = true;
    done.notify_all();
  }));
  runner.start();
  std::unique_lock lock(mutex);
  done.wait(lock, [&] { return ran; });
  lock.unlock();
  runner.stop();
  EXPECT_EQ(queued(), 0);
}

TEST(Payload, OfAnotherShapeIsNotRead) {
  EXPECT_EQ(to_text(EndPoll{PollId{12}}), "12");
  EXPECT_EQ(from_text<EndPoll>("12")->poll, PollId{12});
  EXPECT_FALSE(from_text<EndPoll>(""));
  EXPECT_FALSE(from_text<EndPoll>("12 13"));
  EXPECT_FALSE(from_text<EndPoll>("x"));
  EXPECT_TRUE(from_text<CleanUp>(""));
  EXPECT_FALSE(from_text<CleanUp>("1"));
}

}  // namespace
}  // namespace posy::jobs
