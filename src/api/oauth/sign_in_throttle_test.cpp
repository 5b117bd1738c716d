#include "api/oauth/sign_in_throttle.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "http/rate_limit.hpp"

namespace posy::api {
namespace {

class SignInThrottle : public ::testing::Test {
 protected:
  bool may_try(std::string account, std::string address) {
    return may_try_password(limiter, {std::move(account), std::move(address), sessions}, now);
  }
  // How many of a hundred attempts are let through.
  int allowed(std::string const& account, std::string const& address) {
    int count = 0;
    for (int i = 0; i < 100; ++i) count += may_try(account, address);
    return count;
  }
  void guess_from_everywhere(std::string const& account) {
    for (int i = 1; i <= 100; ++i) may_try(account, "198.51.100." + std::to_string(i));
  }

  http::RateLimiter limiter;
  std::vector<std::string> sessions;
  Time now = from_milliseconds(1'800'000'000'000);
};

TEST_F(SignInThrottle, OneNetworkHasAFewAttemptsAtAnAccount) {
  EXPECT_EQ(allowed("1", "192.0.2.1"), 20);
  EXPECT_TRUE(may_try("2", "192.0.2.1"));
  EXPECT_TRUE(may_try("1", "192.0.2.2"));
  now = from_milliseconds(to_milliseconds(now) + 16 * 60'000);
  EXPECT_TRUE(may_try("1", "192.0.2.1"));
}

TEST_F(SignInThrottle, StrangersTogetherHaveAFewMore) {
  guess_from_everywhere("1");
  EXPECT_FALSE(may_try("1", "192.0.2.1"));
  EXPECT_TRUE(may_try("2", "192.0.2.1"));
}

TEST_F(SignInThrottle, StrangersDoNotLockTheOwnerOut) {
  sessions = {"192.0.2.1", "2001:db8:1:2:aaaa::1"};
  guess_from_everywhere("1");
  EXPECT_TRUE(may_try("1", "192.0.2.1"));
  EXPECT_TRUE(may_try("1", "2001:db8:1:2:bbbb::2")) << "another address of her home";
  EXPECT_FALSE(may_try("1", "2001:db8:1:3::1"));
  EXPECT_EQ(allowed("1", "192.0.2.1"), 19) << "her own network has its limit too";
}

TEST_F(SignInThrottle, TheAddressesOfOneIpv6NetworkAreOne) {
  int count = 0;
  for (int i = 1; i <= 25; ++i) count += may_try("1", "2001:db8:1:2::" + std::to_string(i));
  EXPECT_EQ(count, 20);
}

}  // namespace
}  // namespace posy::api
