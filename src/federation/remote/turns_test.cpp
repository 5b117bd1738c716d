#include "federation/remote/turns.hpp"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

namespace posy::federation {
namespace {

using ::testing::ElementsAre;

struct TurnsTest : ::testing::Test {
  void enters(std::string name, std::string host) {
    auto enter = [](TurnsTest& test, std::string name, std::string host) -> Task<> {
      Task<bool> entering = test.turns.enter(host);
      bool entered = co_await std::move(entering);
      test.told.push_back(name + (entered ? " in" : " out"));
    };
    boost::asio::co_spawn(loop, enter(*this, std::move(name), std::move(host)), boost::asio::detached);
    loop.restart();
    loop.poll();
  }
  void leaves(std::string const& host) {
    turns.leave(host);
    loop.restart();
    loop.poll();
  }

  boost::asio::io_context loop;
  Turns turns{loop.get_executor(),
              {.at_once = 3, .for_one_host = 2, .waiting = 2, .longest_wait = std::chrono::milliseconds(50)}};
  std::vector<std::string> told;
};

TEST_F(TurnsTest, AHostThatIsBusyHoldsUpNobodyElse) {
  enters("a1", "a");
  enters("a2", "a");
  enters("a3", "a");
  enters("b1", "b");
  EXPECT_THAT(told, ElementsAre("a1 in", "a2 in", "b1 in"));
  leaves("b");
  EXPECT_EQ(told.size(), 3u);
  leaves("a");
  EXPECT_THAT(told, ElementsAre("a1 in", "a2 in", "b1 in", "a3 in"));
}

TEST_F(TurnsTest, OnlySoManyWaitAndNotForEver) {
  for (auto name : {"1", "2"}) enters(name, "a");
  for (auto name : {"3", "4", "5"}) enters(name, "a");
  EXPECT_THAT(told, ElementsAre("1 in", "2 in", "5 out"));
  loop.restart();
  loop.run();
  EXPECT_THAT(told, ElementsAre("1 in", "2 in", "5 out", "3 out", "4 out"));
  leaves("a");
  enters("6", "a");
  EXPECT_EQ(told.back(), "6 in");
}

TEST_F(TurnsTest, HostsThatWaitHaveTheirTurnsOneAfterTheOther) {
  Turns::Bounds bounds{.at_once = 1, .for_one_host = 1, .waiting = 10, .longest_wait = std::chrono::minutes(1)};
  bounds.waiting_for_one_host = 3;
  turns = Turns(loop.get_executor(), bounds);
  enters("x", "x");
  for (auto name : {"a1", "a2", "a3", "a4"}) enters(name, "a");
  enters("b1", "b");
  EXPECT_THAT(told, ElementsAre("x in", "a4 out"));
  for (auto host : {"x", "a", "b", "a"}) leaves(host);
  EXPECT_THAT(told, ElementsAre("x in", "a4 out", "a1 in", "b1 in", "a2 in", "a3 in"));
}

}  // namespace
}  // namespace posy::federation
