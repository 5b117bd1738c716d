#include "api/streaming/throttle.hpp"

#include <gtest/gtest.h>

namespace posy::api::streaming {
namespace {

using namespace std::chrono_literals;

class Throttled : public ::testing::Test {
 protected:
  Throttle<int> throttle{1000ms, 3};
  Throttle<int>::Moment now{};
};

TEST_F(Throttled, TellsTheFirstAtOnceAndTheLastInTime) {
  EXPECT_TRUE(throttle.may_tell(7, now));
  EXPECT_FALSE(throttle.next());
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(throttle.may_tell(7, now + 1ms * i));
  EXPECT_EQ(throttle.next(), now + 1000ms);
  EXPECT_TRUE(throttle.due(now + 999ms).empty());
  EXPECT_EQ(throttle.due(now + 1000ms), std::vector{7});
  EXPECT_FALSE(throttle.may_tell(7, now + 1500ms)) << "it was told just now";
  EXPECT_EQ(throttle.due(now + 2000ms), std::vector{7});
}

TEST_F(Throttled, ForgetsWhatIsQuiet) {
  EXPECT_TRUE(throttle.may_tell(7, now));
  EXPECT_TRUE(throttle.due(now + 1000ms).empty());
  EXPECT_EQ(throttle.size(), 0u);
  EXPECT_TRUE(throttle.may_tell(7, now + 1001ms));
}

TEST_F(Throttled, HoldsNoMoreThanItMay) {
  for (int key = 0; key < 3; ++key) EXPECT_TRUE(throttle.may_tell(key, now));
  EXPECT_FALSE(throttle.may_tell(3, now));
  EXPECT_EQ(throttle.size(), 3u);
  EXPECT_FALSE(throttle.next());
}

TEST_F(Throttled, KeepsOneFromTheOther) {
  EXPECT_TRUE(throttle.may_tell(1, now));
  EXPECT_TRUE(throttle.may_tell(2, now + 500ms));
  throttle.may_tell(1, now + 600ms);
  throttle.may_tell(2, now + 600ms);
  EXPECT_EQ(throttle.due(now + 1000ms), std::vector{1});
  EXPECT_EQ(throttle.next(), now + 1500ms);
}

}  // namespace
}  // namespace posy::api::streaming
