#include "federation/inbox/seen.hpp"

#include <gtest/gtest.h>

namespace posy::federation {
namespace {

TEST(Seen, TakesARequestOnce) {
  Seen seen;
  Time const now{std::chrono::hours(500'000)}, until = now + std::chrono::hours(1);
  EXPECT_TRUE(seen.add("a.test", "signature", until, now));
  EXPECT_FALSE(seen.add("a.test", "signature", until, now));
  EXPECT_FALSE(seen.add("b.test", "signature", until, now));
}

TEST(Seen, TakesItAgainWhenItWasNotKept) {
  Seen seen;
  Time const now{std::chrono::hours(500'000)}, until = now + std::chrono::hours(1);
  EXPECT_TRUE(seen.add("a.test", "signature", until, now));
  seen.remove("signature");
  seen.remove("another");
  EXPECT_TRUE(seen.add("a.test", "signature", until, now));
  EXPECT_FALSE(seen.add("a.test", "signature", until, now));
}

}  // namespace
}  // namespace posy::federation
