#include "federation/remote/gone.hpp"

#include <gtest/gtest.h>

namespace posy::federation {
namespace {

using std::chrono::days;
constexpr Time first{std::chrono::days(20'000)};

TEST(Gone, IsNobodyAfterOneAnswerHoweverLongAgo) {
  EXPECT_FALSE(is_gone_for_good({.since = first, .answers = 1}, first + days(400)));
  EXPECT_FALSE(is_gone_for_good({.since = first, .answers = gone_answers_min - 1}, first + days(400)));
}

TEST(Gone, IsNobodyWithinAWeekHoweverOftenItIsSaid) {
  EXPECT_FALSE(is_gone_for_good({.since = first, .answers = 1000}, first + days(6)));
}

TEST(Gone, IsWhoseServerHasSaidSoAllTheTime) {
  EXPECT_TRUE(is_gone_for_good({.since = first, .answers = gone_answers_min}, first + days(7)));
}

}  // namespace
}  // namespace posy::federation
