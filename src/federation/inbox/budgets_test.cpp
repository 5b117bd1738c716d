#include "federation/inbox/budgets.hpp"

#include <gtest/gtest.h>

#include "federation/inbox/seen.hpp"

namespace posy::federation {
namespace {

struct BudgetsTest : ::testing::Test {
  bool may(std::string const& host, std::int64_t backlog = 0) { return !budgets.refuse(host, backlog, now); }
  void wait(std::string const& host, store::ReceivedLane lane, std::int64_t count) {
    budgets.note({.lane = lane, .host = host, .waiting = count}, now);
  }

  Budgets budgets;
  Time now{std::chrono::hours(1)};
};

TEST_F(BudgetsTest, OneHostMayNotFillTheBacklogAndOthersFindRoom) {
  using enum store::ReceivedLane;
  auto half = (Budgets::backlog_max - Budgets::reserve) / 2;
  wait("a", mentions, half - 1);
  EXPECT_TRUE(may("a", half));
  wait("a", others, 1);
  EXPECT_FALSE(may("a", half));
  EXPECT_TRUE(may("b", half));
  wait("a", mentions, 0);
  wait("a", others, 0);
  EXPECT_TRUE(may("a", half));
}

TEST_F(BudgetsTest, AFullBacklogLeavesEveryHostALittle) {
  using enum store::ReceivedLane;
  wait("a", letters, Budgets::share_min - 1);
  EXPECT_TRUE(may("a", Budgets::backlog_max - 1));
  wait("a", letters, Budgets::share_min);
  EXPECT_FALSE(may("a", Budgets::backlog_max - 1));
}

TEST_F(BudgetsTest, ManyNamesUnderOneDomainHaveOneShare) {
  auto half = (Budgets::backlog_max - Budgets::reserve) / 2;
  for (int i = 0; i < 10; ++i) wait(std::to_string(i) + ".a.example:" + std::to_string(i), store::ReceivedLane::letters, half / 10);
  EXPECT_FALSE(may("new.a.example", half));
  EXPECT_TRUE(may("b.example", half));
  for (int i = 0; i < 10; ++i) wait(std::to_string(i) + ".a.example:" + std::to_string(i), store::ReceivedLane::letters, 0);
  EXPECT_TRUE(may("new.a.example", half));
}

TEST_F(BudgetsTest, TheLastTenthIsForThoseWhoHaveLittleThere) {
  wait("a.example", store::ReceivedLane::letters, Budgets::share_min);
  EXPECT_FALSE(may("a.example", Budgets::backlog_max - Budgets::reserve));
  EXPECT_TRUE(may("b.example", Budgets::backlog_max - 1));
}

TEST_F(BudgetsTest, WhatNobodyTellsOfAnyMoreIsForgotten) {
  wait("a", store::ReceivedLane::letters, Budgets::backlog_max);
  EXPECT_FALSE(may("a"));
  now += std::chrono::minutes(11);
  for (std::size_t i = 0; i < Budgets::hosts_max; ++i) may(std::to_string(i));
  EXPECT_TRUE(may("a"));
}

TEST_F(BudgetsTest, WhoSendsTooFastIsToldWhenToComeBack) {
  for (int i = 0; i < static_cast<int>(Budgets::burst_max); ++i) ASSERT_TRUE(may("a"));
  auto later = budgets.refuse("a", 0, now);
  ASSERT_TRUE(later);
  EXPECT_TRUE(may("b"));
  now += *later;
  EXPECT_TRUE(may("a"));
}

TEST_F(BudgetsTest, HostsThatSendNothingAreForgotten) {
  for (std::size_t i = 0; i < Budgets::hosts_max; ++i) ASSERT_TRUE(may(std::to_string(i)));
  now += std::chrono::minutes(1);
  wait("new", store::ReceivedLane::letters, 1'000'000);
  EXPECT_FALSE(may("new"));  // there was room to note it
}

TEST(Seen, OneHostCannotMakeItForgetAnother) {
  Seen seen;
  Time now{std::chrono::hours(1)};
  auto until = now + std::chrono::hours(1);
  for (std::size_t i = 0; i <= Seen::of_one_host_max; ++i) EXPECT_TRUE(seen.add("a", std::to_string(i), until, now));
  EXPECT_TRUE(seen.add("a", std::to_string(Seen::of_one_host_max), until, now));  // not remembered
  EXPECT_FALSE(seen.add("a", "1", until, now));
  EXPECT_TRUE(seen.add("b", "x", until, now));
  EXPECT_FALSE(seen.add("b", "x", until, now));
  now = until + std::chrono::minutes(6);
  EXPECT_TRUE(seen.add("b", "x", now, now));
}

}  // namespace
}  // namespace posy::federation
