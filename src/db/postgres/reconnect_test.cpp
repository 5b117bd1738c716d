// A server that goes away, and others who write the same rows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <future>
#include <thread>

#include "db/test_database.hpp"

namespace posy::db {
namespace {

constexpr Migration migrations[] = {
    {1, "notes",
     "create table note (\n id $id,\n batch bigint not null\n);\ninsert into note values (1, 0), (2, 0);"}};

class Postgres : public testing::Test {
 protected:
  void SetUp() override {
    if (engines().size() < 2) GTEST_SKIP() << "PostgreSQL is not installed";
    database.emplace(Engine::postgres, migrations);
  }

  // From a connection of its own, so that none of the pool is spared.
  void break_all_connections() {
    SystemClock clock;
    auto other = open({.url = database->url(), .pool = 1}, clock);
    other->write_now([](Writer& w) {
      w.find<bool>(
          "select bool_and(pg_terminate_backend(pid)) from pg_stat_activity "
          "where datname = current_database() and pid <> pg_backend_pid()");
    });
  }

  boost::asio::io_context loop;  // outlives the threads of the database
  std::optional<TestDatabase> database;
};

TEST_F(Postgres, BrokenConnectionsAreReplaced) {
  auto& db = *database;
  for (int round = 0; round < 3; ++round) {
    break_all_connections();
    db->write_now([](Writer& w) { w.run("update note set batch = batch + 1 where id = 1"); });
    EXPECT_EQ(db->read_now([](Reader& r) { return r.one<int>("select batch from note where id = 1"); }),
              round + 1);
  }
}

TEST_F(Postgres, AUnitIsRunAgainAFewTimesWhenItsConnectionBreaks) {
  int runs = 0;
  (*database)->write_now([&](Writer& w) {
    w.run("update note set batch = batch + 1 where id = 1");
    if (++runs == 1) break_all_connections();
    w.run("update note set batch = batch + 1 where id = 2");
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ((*database)->read_now([](Reader& r) { return r.one<int>("select sum(batch) from note"); }), 2);

  runs = 0;
  auto always_breaking = [&](Writer& w) {
    ++runs;
    break_all_connections();
    w.run("update note set batch = 9 where id = 1");
  };
  try {
    (*database)->write_now(always_breaking);
    ADD_FAILURE();
  } catch (Failure const& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::lost);
  }
  EXPECT_GE(runs, 2);
  EXPECT_LE(runs, 3);
}

TEST_F(Postgres, ADeadlockIsRunAgain) {
  std::atomic<int> runs{0}, holding{0};
  auto cross = [&](int first, int second) {
    (*database)->write_now([&](Writer& w) {
      int const run = ++runs;
      w.run("update note set batch = batch + 1 where id = $1", first);
      ++holding;
      // Both hold their first row before they want the other's.
      while (run <= 2 && holding < 2) std::this_thread::yield();
      w.run("update note set batch = batch + 1 where id = $1", second);
    });
  };
  std::thread one(cross, 1, 2), other(cross, 2, 1);
  one.join();
  other.join();
  EXPECT_GE(runs, 3);
  EXPECT_EQ((*database)->read_now([](Reader& r) { return r.one<int>("select sum(batch) from note"); }), 4);
}

TEST_F(Postgres, AUnitThatGoesOnAfterAFailureIsNotTakenForCommitted) {
  EXPECT_THROW((*database)->write_now([](Writer& w) {
    w.run("update note set batch = 5");
    try {
      w.run("insert into note values (1, 0)");
    } catch (Failure const&) {
    }
  }),
               Failure);
  EXPECT_EQ((*database)->read_now([](Reader& r) { return r.one<int>("select sum(batch) from note"); }), 0);
}

TEST_F(Postgres, LongReadsLeaveConnectionsForOthers) {
  std::promise<void> gate;
  auto opened = gate.get_future().share();
  int answered = 0;
  for (int i = 0; i < 10; ++i) {
    auto wait = (*database)->read_long([opened](Reader&) { opened.wait(); });
    boost::asio::co_spawn(loop, std::move(wait), [&](std::exception_ptr error) { answered += !error; });
  }
  loop.poll();
  EXPECT_EQ((*database)->read_now([](Reader& r) { return r.one<int>("select 1"); }), 1);
  gate.set_value();
  loop.run();
  EXPECT_EQ(answered, 10);
}

TEST_F(Postgres, ABackupNamesTheToolForIt) {
  try {
    (*database)->backup("never-written");
    ADD_FAILURE();
  } catch (Failure const& failure) {
    EXPECT_THAT(failure.what(), testing::HasSubstr("pg_dump"));
  }
}

}  // namespace
}  // namespace posy::db
