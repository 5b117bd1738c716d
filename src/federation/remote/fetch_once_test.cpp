#include "federation/remote/fetch_once.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace posy::federation {
namespace {

class TestClock final : public Clock {
 public:
  Time now() const override { return now_; }
  Time now_{std::chrono::hours(1)};
};

struct Asking {
  boost::asio::io_context loop{1};
  TestClock clock;
  FetchOnce once;
  int fetched = 0, refused = 0, answered = 0;

  // Asks as find_key() does; the fetch takes a while and ends as `error` says.
  void ask(std::optional<Error> error = {}) {
    auto run = [this, error]() -> Task<> {
      Task<FetchOnce::Answer> asking = once.ask("key", clock);
      FetchOnce::Answer answer = co_await std::move(asking);
      ++answered;
      if (answer.error) ++refused;
      if (!answer.turn) co_return;
      ++fetched;
      boost::asio::steady_timer pause(loop, std::chrono::milliseconds(5));
      co_await pause.async_wait(boost::asio::use_awaitable);
      if (error) answer.turn->fails(*error);
    };
    boost::asio::co_spawn(loop, std::move(run), boost::asio::detached);
  }
  void run() {
    loop.run();
    loop.restart();
  }
};

TEST(FetchOnce, FetchesOnceForAllWhoAskAtTheSameTime) {
  Asking asking;
  for (int i = 0; i < 50; ++i) asking.ask();
  asking.run();
  EXPECT_EQ(asking.fetched, 1);
  EXPECT_EQ(asking.answered, 50);
  EXPECT_EQ(asking.refused, 0);
}

TEST(FetchOnce, RemembersWhatFailedForAWhile) {
  Asking asking;
  Error error{Refusal::unprocessable, "It is no actor"};
  for (int i = 0; i < 3; ++i) asking.ask(error);
  asking.run();
  asking.ask(error);
  asking.run();
  EXPECT_EQ(asking.fetched, 1);
  EXPECT_EQ(asking.refused, 3);
  asking.clock.now_ += std::chrono::minutes(6);
  asking.ask();
  asking.run();
  EXPECT_EQ(asking.fetched, 2);
}

TEST(FetchOnce, LetsTheNextOneTryWhenTheFirstGivesUpWithoutAWord) {
  Asking asking;
  asking.ask();
  asking.run();
  asking.ask();
  asking.run();
  EXPECT_EQ(asking.fetched, 2);
}

}  // namespace
}  // namespace posy::federation
