// Answers in memory: shown as long as they are true, made once for all who ask meanwhile.
#include "serving/answers.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>

#include "db/test_database.hpp"
#include "social/live.hpp"

namespace posy::serving {
namespace {

using social::Live;

struct AnswersInMemory : ::testing::TestWithParam<db::Engine> {
  AnswersInMemory() {
    database->on_commit([this](std::span<db::Event const> events) { answers.on_events(events); });
  }

  Metrics metrics;
  Answers answers{metrics};
  db::TestDatabase database{GetParam()};
  std::atomic<int> reads{0};
  std::atomic<int> text{1};

  Make makes(std::int64_t post = 7) {
    return [this, post](db::Reader& r, Shows& shows) {
      ++reads;
      shows.add(PostId{post});
      r.one<int>("select 1");
      return Made{http::text(std::to_string(text))};
    };
  }
  Answers::Pointer get(std::string address, Make make, Late late = Late::a_moment) {
    Answers::Pointer out;
    std::exception_ptr failure;
    boost::asio::io_context loop;
    auto ask = [&]() -> Task<> {
      Task<Answers::Pointer> asking = answers.get(*database, address, late, make);
      out = co_await std::move(asking);
    };
    boost::asio::co_spawn(loop, ask(), [&](std::exception_ptr error) { failure = error; });
    loop.run();
    if (failure) std::rethrow_exception(failure);
    return out;
  }
  std::string body(std::string address, Make make, Late late = Late::a_moment) {
    return std::string(http::body_text(get(std::move(address), std::move(make), late)->response));
  }
  void happens(Live kind, std::int64_t a, std::int64_t b = 0) {
    database->write_now([&](db::Writer& w) { social::tell(w, kind, a, b); });
  }
};

TEST_P(AnswersInMemory, AreMadeOnceAndShared) {
  auto first = get("/x", makes());
  auto second = get("/x", makes());
  EXPECT_EQ(reads, 1);
  EXPECT_EQ(http::body_text(first->response).data(), http::body_text(second->response).data()) << "not a copy";
  EXPECT_EQ(get("/y", makes())->address, "/y");
  EXPECT_EQ(reads, 2);
  get("", makes());
  get("", makes());
  EXPECT_EQ(reads, 4) << "without an address nothing is kept";
}

TEST_P(AnswersInMemory, AreMadeAnewAfterAChangeOfWhatTheyShow) {
  EXPECT_EQ(body("/x", makes()), "1");
  text = 2;
  happens(Live::post_edited, 8);
  EXPECT_EQ(body("/x", makes()), "1");
  happens(Live::post_edited, 7);
  EXPECT_EQ(body("/x", makes()), "2");
  text = 3;
  happens(Live::account_changed, 7);
  EXPECT_EQ(body("/x", makes()), "3");
  text = 4;
  happens(Live::rules_changed, 0);
  EXPECT_EQ(body("/x", makes()), "4");
}

TEST_P(AnswersInMemory, MayMissCountsForAMomentOnlyWhereThatWasAllowed) {
  EXPECT_EQ(body("/late", makes()), "1");
  EXPECT_EQ(body("/never", makes(), Late::never), "1");
  text = 2;
  happens(Live::post_counts, 7);
  EXPECT_EQ(body("/late", makes()), "1");
  EXPECT_EQ(body("/never", makes(), Late::never), "2");
  happens(Live::post_changed, 7, 1);
  EXPECT_EQ(body("/late", makes()), "1") << "votes";
  happens(Live::post_changed, 7);
  EXPECT_EQ(body("/late", makes()), "2") << "such as a quote that was taken back";
}

TEST_P(AnswersInMemory, DoNotMindWhatVisitorsDoNotSee) {
  body("/x", makes(), Late::never);
  for (auto kind : {Live::notification, Live::conversation, Live::relation_changed, Live::token_revoked})
    happens(kind, 7);
  body("/x", makes(), Late::never);
  EXPECT_EQ(reads, 1);
}

// The change comes while the answer is made: what was read before it may not stay.
TEST_P(AnswersInMemory, AreNotKeptWhenAChangeOvertookThem) {
  auto make = makes();
  auto slow = [&](db::Reader& r, Shows& shows) {
    auto made = make(r, shows);
    if (reads == 1) text = 2, happens(Live::post_edited, 7);
    return made;
  };
  EXPECT_EQ(body("/x", slow), "1") << "asked before the change";
  EXPECT_EQ(body("/x", slow), "2");
}

TEST_P(AnswersInMemory, KeepThatThereIsNothing) {
  auto nothing = [&](db::Reader&, Shows& shows) -> Made {
    ++reads;
    shows.add(PostId{7});
    refuse(Refusal::not_found, "Record not found");
  };
  for (int i = 0; i < 3; ++i) {
    auto found = get("/x", nothing);
    ASSERT_TRUE(found->refusal);
    EXPECT_THROW(response_of(*found), Refused);
  }
  EXPECT_EQ(reads, 1);
  happens(Live::post_created, 9);
  EXPECT_EQ(body("/x", makes(9)), "1") << "it may be there now";
}

TEST_P(AnswersInMemory, HandOnWhatCannotBeKept) {
  auto broken = [&](db::Reader&, Shows&) -> Made {
    ++reads;
    refuse(Refusal::unavailable, "Later");
  };
  EXPECT_THROW(get("/x", broken), Refused);
  EXPECT_THROW(get("/x", broken), Refused);
  EXPECT_EQ(reads, 2);
  EXPECT_EQ(body("/x", makes()), "1");
}

TEST_P(AnswersInMemory, ForgetTheOldOnesWhenThereIsNoRoom) {
  auto big = [&](db::Reader&, Shows&) {
    ++reads;
    return Made{http::text(std::string(200 << 10, 'x'))};
  };
  auto hold = [&](int i) { return std::weak_ptr(get("/" + std::to_string(i), big)); };
  std::vector<std::weak_ptr<Finished const>> held;
  for (int i = 0; i < 400; ++i) held.push_back(hold(i));
  auto alive = std::ranges::count_if(held, [](auto const& one) { return !one.expired(); });
  EXPECT_LE(alive, 125) << "24 MiB hold no more";
  EXPECT_GE(alive, 80);
  auto huge = [&](db::Reader&, Shows&) { return Made{http::text(std::string(1 << 20, 'x'))}; };
  std::weak_ptr large = get("/huge", huge);
  EXPECT_TRUE(large.expired()) << "too large to be kept";
}

// Many loops ask for the same while the first one still reads.
TEST_P(AnswersInMemory, CostOneReadHoweverManyAskAtOnce) {
  constexpr int loops_count = 4, askers = 200;
  std::atomic<int> asked{0}, answered{0};
  Make slow = [&](db::Reader& r, Shows& shows) {
    // Until all have asked, so that none comes too late to wait.
    for (int i = 0; asked < loops_count * askers && i < 500; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return makes()(r, shows);
  };
  std::vector<std::thread> threads;
  // SQLite reads on the thread of the asker: the loop that is the first to ask cannot ask for others meanwhile.
  auto run = [&] {
    boost::asio::io_context loop;
    auto ask = [&]() -> Task<> {
      Task<Answers::Pointer> asking = answers.get(*database, "/x", Late::never, slow);
      ++asked;
      Answers::Pointer found = co_await std::move(asking);
      if (http::body_text(found->response) == "1") ++answered;
    };
    for (int i = 0; i < askers; ++i) boost::asio::co_spawn(loop, ask(), boost::asio::detached);
    loop.run();
  };
  for (int i = 0; i < loops_count; ++i) threads.emplace_back(run);
  if (GetParam() == db::Engine::sqlite) {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    asked = loops_count * askers;
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(answered, loops_count * askers);
  EXPECT_EQ(reads, 1);
}

TEST_P(AnswersInMemory, WhoWaitedGetsAFailureToo) {
  std::atomic<int> failed{0};
  std::atomic<bool> is_asked{false};
  Make broken = [&](db::Reader&, Shows&) -> Made {
    ++reads;
    while (!is_asked) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    refuse(Refusal::unavailable, "Later");
  };
  auto run = [&](bool is_second) {
    if (is_second)
      while (reads == 0) std::this_thread::yield();
    boost::asio::io_context loop;
    auto ask = [&]() -> Task<> {
      if (is_second) is_asked = true;
      Task<Answers::Pointer> asking = answers.get(*database, "/x", Late::never, broken);
      co_await std::move(asking);
    };
    boost::asio::co_spawn(loop, ask(), [&](std::exception_ptr error) { failed += error != nullptr; });
    loop.run();
  };
  std::thread first(run, false), second(run, true);
  first.join(), second.join();
  EXPECT_EQ(failed, 2);
}

INSTANTIATE_TEST_SUITE_P(Engines, AnswersInMemory, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST(Etag, IsOfTheContent) {
  EXPECT_EQ(etag_of("a"), etag_of("a"));
  EXPECT_NE(etag_of("a"), etag_of("b"));
  EXPECT_TRUE(etag_of("").starts_with('"'));
}

}  // namespace
}  // namespace posy::serving
