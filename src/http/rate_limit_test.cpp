#include "http/rate_limit.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace posy::http {
namespace {

using std::chrono::seconds;

TEST(RateLimiter, CountsDownAndStartsAnewWithTheNextWindow) {
  RateLimiter limiter;
  Time now = from_milliseconds(1'000'100);
  EXPECT_EQ(limiter.take("a", 2, seconds(10), now).remaining, 1);
  auto second = limiter.take("a", 2, seconds(10), now);
  EXPECT_TRUE(second.allowed);
  EXPECT_EQ(second.remaining, 0);
  EXPECT_EQ(second.reset, from_milliseconds(1'010'000));
  EXPECT_FALSE(limiter.take("a", 2, seconds(10), now).allowed);
  EXPECT_TRUE(limiter.take("b", 2, seconds(10), now).allowed);
  EXPECT_FALSE(limiter.take("a", 2, seconds(10), from_milliseconds(1'009'999)).allowed);
  EXPECT_TRUE(limiter.take("a", 2, seconds(10), from_milliseconds(1'010'000)).allowed);
  EXPECT_FALSE(limiter.take("c", 0, seconds(10), now).allowed);
}

TEST(RateLimiter, ForgetsTheOldestKeysWhenItIsFull) {
  RateLimiter limiter(160);
  Time now = from_milliseconds(5);
  limiter.take("kept", 1, seconds(10), now);
  for (int i = 0; i < 10'000; ++i) {
    limiter.take("key" + std::to_string(i), 1, seconds(10), now);
    EXPECT_FALSE(limiter.take("kept", 1, seconds(10), now).allowed);
  }
  EXPECT_LE(limiter.size(), 160u);
}

TEST(RateLimiter, BeginsANewWindowWhenTheClockIsSetBack) {
  RateLimiter limiter;
  Time now = from_milliseconds(1'800'000'000'000);
  EXPECT_TRUE(limiter.take("a", 1, seconds(10), now).allowed);
  EXPECT_FALSE(limiter.take("a", 1, seconds(10), now).allowed);
  EXPECT_TRUE(limiter.take("a", 1, seconds(10), now - std::chrono::hours(24)).allowed);
  EXPECT_FALSE(limiter.take("a", 1, seconds(10), now - std::chrono::hours(24)).allowed);
}

TEST(RateLimiter, CountsExactlyFromManyThreads) {
  RateLimiter limiter;
  std::atomic<int> allowed = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 500; ++n)
        allowed += limiter.take("a", 700, seconds(10), from_milliseconds(1)).allowed;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(allowed, 700);
}

}  // namespace
}  // namespace posy::http
