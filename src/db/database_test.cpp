// Units of work on both engines: what is kept, what is taken back, who is told, and when.
#include "db/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <future>
#include <thread>

#include "db/test_database.hpp"

namespace posy::db {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Note {
  PostId id;
  std::int64_t batch = 0;
};
BOOST_DESCRIBE_STRUCT(Note, (), (id, batch))

constexpr Migration migrations[] = {
    {1, "notes", "create table note (\n id $id,\n batch bigint not null\n);"}};

struct Oops : std::runtime_error {
  Oops() : runtime_error("oops") {}
};

class Units : public testing::TestWithParam<Engine> {
 protected:
  boost::asio::io_context loop;  // outlives the threads of the database
  TestDatabase database{GetParam(), migrations};

  std::vector<int> ids() {
    return database->read_now([](Reader& r) { return r.all<int>("select id from note order by id"); });
  }

  // Runs coroutines to their end.
  template <class... Tasks>
  void run(Tasks... tasks) {
    (boost::asio::co_spawn(loop, std::move(tasks),
                           [](std::exception_ptr error) {
                             if (error) std::rethrow_exception(error);
                           }),
     ...);
    loop.run();
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Units, testing::ValuesIn(engines()),
                         [](auto const& info) { return engine_name(info); });

Task<> add(Database& database, int id) {
  auto done = database.write([id](Writer& w) { w.insert("note", Note{.id{id}}); });
  co_await std::move(done);
}

Task<> add_and_fail(Database& database, int id, int& caught) {
  auto done = database.write([id](Writer& w) {
    w.insert("note", Note{.id{id}});
    w.after_commit({.kind = id});
    throw Oops();
  });
  try {
    co_await std::move(done);
  } catch (Oops const&) {
    ++caught;
  }
}

TEST_P(Units, CoroutinesReadWhatTheyWrote) {
  auto story = [](Database& database) -> Task<> {
    auto write = database.write([](Writer& w) {
      w.insert("note", Note{.id{7}});
      return std::make_unique<int>(5);  // results may be move-only
    });
    auto five = co_await std::move(write);
    EXPECT_EQ(*five, 5);
    auto read = database.read([](Reader& r) { return r.one<int>("select id from note"); });
    int id = co_await std::move(read);
    EXPECT_EQ(id, 7);
    auto read_long = database.read_long([](Reader& r) { return r.one<int>("select count(*) from note"); });
    int count = co_await std::move(read_long);
    EXPECT_EQ(count, 1);
    auto failing = database.read([](Reader&) { throw Oops(); });
    bool thrown = false;
    try {
      co_await std::move(failing);
    } catch (Oops const&) {
      thrown = true;
    }
    EXPECT_TRUE(thrown);
    Task<> check = database.check();
    co_await std::move(check);
  };
  run(story(*database));
}

TEST_P(Units, OnesThatThrowTakeBackOnlyThemselves) {
  std::promise<void> gate;
  auto opened = gate.get_future().share();
  int caught = 0;
  // While the first unit is at work the others gather into one group.
  std::thread first(
      [&] { database->write_now([&](Writer& w) { w.insert("note", Note{.id{1}}), opened.wait(); }); });
  std::thread opener([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    gate.set_value();
  });
  run(add(*database, 2), add_and_fail(*database, 3, caught), add(*database, 4),
      add_and_fail(*database, 5, caught), add(*database, 6));
  first.join();
  opener.join();
  EXPECT_EQ(caught, 2);
  EXPECT_THAT(ids(), ElementsAre(1, 2, 4, 6));
}

TEST_P(Units, AFailedStatementEndsOnlyItsUnit) {
  database->write_now([](Writer& w) { w.insert("note", Note{.id{1}}); });
  try {
    database->write_now([](Writer& w) {
      w.insert("note", Note{.id{2}});
      w.insert("note", Note{.id{1}});
    });
    ADD_FAILURE();
  } catch (Failure const& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::unique);
  }
  database->write_now([](Writer& w) { w.insert("note", Note{.id{3}}); });
  EXPECT_THAT(ids(), ElementsAre(1, 3));
}

TEST_P(Units, SqlThatCannotBeRunIsAMistake) {
  try {
    database->read_now([](Reader& r) { return r.one<int>("selekt 1"); });
    ADD_FAILURE();
  } catch (Failure const& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::mistake);
  }
  EXPECT_EQ(database->read_now([](Reader& r) { return r.one<int>("select 1"); }), 1);
}

TEST_P(Units, EventsFollowTheCommitInOrderAndAreDroppedOnRollback) {
  std::vector<std::string> story;
  database->on_commit([&](std::span<Event const> events) {
    for (Event const& event : events) story.push_back(event.text + std::to_string(event.a));
  });
  auto tell = [&](int from) {
    database->write_now([&](Writer& w) {
      w.insert("note", Note{.id{from}});
      w.after_commit({.a = from, .text = "event "});
      w.after_commit({.a = from + 1, .text = "event "});
    });
    story.push_back("answer");
  };
  tell(1);
  EXPECT_THROW(tell(1), Failure);
  tell(3);
  EXPECT_THAT(story, ElementsAre("event 1", "event 2", "answer", "event 3", "event 4", "answer"));
}

TEST_P(Units, EventsAreSeenOnlyWhenTheirRowsAre) {
  int seen = -1;
  database->on_commit([&](std::span<Event const>) {
    // On another thread: an observer itself must not use the database.
    seen = std::async(std::launch::async, [&] { return static_cast<int>(ids().size()); }).get();
  });
  database->write_now([](Writer& w) {
    w.insert("note", Note{.id{1}});
    w.after_commit({});
  });
  EXPECT_EQ(seen, 1);
}

TEST_P(Units, WhatIsLeftForTheEndIsDoneInTheSameTransaction) {
  database->write_now([](Writer& w) {
    w.before_commit([](Writer& last) {
      EXPECT_EQ(last.one<int>("select count(*) from note"), 1);
      last.insert("note", Note{.id{2}});
      last.after_commit({});
    });
    w.insert("note", Note{.id{1}});
  });
  EXPECT_THAT(ids(), ElementsAre(1, 2));
}

TEST_P(Units, WhatAFailedUnitLeftForTheEndIsNotDone) {
  auto fail = [](Writer& w) {
    w.before_commit([](Writer& last) { last.insert("note", Note{.id{1}}); });
    w.insert("note", Note{.id{2}});
    throw std::runtime_error("not this one");
  };
  EXPECT_THROW(database->write_now(fail), std::runtime_error);
  EXPECT_TRUE(ids().empty());
}

TEST_P(Units, NothingIsCommittedWhenWhatIsLeftForTheEndFails) {
  auto leave = [](Writer& w) {
    w.insert("note", Note{.id{1}});
    w.before_commit([](Writer& last) { last.insert("note", Note{.id{1}}); });
  };
  EXPECT_THROW(database->write_now(leave), Failure);
  EXPECT_TRUE(ids().empty());
}

TEST_P(Units, ReadersSeeWholeUnitsOnly) {
  constexpr int batches = 60, size = 20;
  std::atomic<bool> ended{false};
  std::vector<std::thread> readers;
  std::atomic<int> torn{0}, reads{0};
  for (int i = 0; i < 3; ++i)
    readers.emplace_back([&] {
      while (!ended) {
        torn +=
            database->read_now([](Reader& r) { return r.one<int>("select count(*) from note"); }) % size != 0;
        ++reads;
      }
    });
  for (int batch = 0; batch < batches; ++batch)
    database->write_now([&](Writer& w) {
      for (int i = 0; i < size; ++i) w.insert("note", Note{.id{batch * size + i + 1}, .batch = batch});
    });
  ended = true;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(torn, 0);
  EXPECT_GT(reads, 0);
  EXPECT_EQ(ids().size(), std::size_t{batches * size});
}

TEST_P(Units, ManyWritersAtOnceAllGetTheirAnswer) {
  constexpr int writers = 8, each = 50;
  std::vector<std::thread> threads;
  database->write_now([](Writer& w) { w.insert("note", Note{.id{1}}); });
  for (int i = 0; i < writers; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < each; ++n)
        database->write_now([](Writer& w) {
          w.run("update note set batch = batch + 1 where id = $1", PostId{1});
          w.insert("note", Note{.id = w.make_id<PostId>()});
        });
    });
  for (auto& thread : threads) thread.join();
  database->read_now([](Reader& r) {
    EXPECT_EQ(r.one<int>("select batch from note where id = 1"), writers * each);
    EXPECT_EQ(r.one<int>("select count(*) from note"), writers * each + 1);
  });
}

TEST_P(Units, StopFinishesWhatIsQueuedAndTakesNoMore) {
  int answered = 0;
  for (int i = 1; i <= 50; ++i)
    boost::asio::co_spawn(loop, add(*database, i), [&](std::exception_ptr error) { answered += !error; });
  loop.poll();  // all have submitted, few have been answered
  database->stop();
  loop.run();
  EXPECT_EQ(answered, 50);
  for (auto refused : {+[](Database& d) { d.write_now([](Writer&) {}); },
                       +[](Database& d) { d.read_now([](Reader&) {}); }}) {
    try {
      refused(*database);
      ADD_FAILURE();
    } catch (Failure const& failure) {
      EXPECT_EQ(failure.kind(), FailureKind::stopped);
    }
  }
  database.reopen();
  EXPECT_EQ(ids().size(), 50u);
}

TEST_P(Units, ALoopMayGoAfterStopWhileAnswersAreUnderWay) {
  auto own_loop = std::make_unique<boost::asio::io_context>();
  for (int i = 1; i <= 10; ++i) boost::asio::co_spawn(*own_loop, add(*database, i), [](std::exception_ptr) {});
  own_loop->poll();
  database->stop();
  own_loop.reset();  // the coroutines are destroyed where they wait
  database.reopen();
  EXPECT_EQ(ids().size(), 10u);
}

TEST_P(Units, ADatabaseWithoutSchemaIsNotHealthy) {
  database->check_now();
  TestDatabase empty(GetParam());
  EXPECT_THROW(empty->check_now(), Failure);
}

TEST_P(Units, TimeStandsStillWithinAUnit) {
  database->read_now([](Reader& r) {
    Time before = r.now();
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
    EXPECT_EQ(r.now(), before);
  });
}

TEST(Open, RefusesAnAddressThatItDoesNotKnow) {
  SystemClock clock;
  for (char const* url : {"", "sqlite:", "mysql://x", "/var/posy.db", "sqlite:/no/such/folder/posy.db",
                          "postgres://127.0.0.1:1/posy"})
    EXPECT_THROW(open({.url = url}, clock), Failure) << url;
}

}  // namespace
}  // namespace posy::db
