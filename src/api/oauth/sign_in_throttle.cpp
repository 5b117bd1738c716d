#include "api/oauth/sign_in_throttle.hpp"

#include <algorithm>

#include "http/networks.hpp"
#include "http/rate_limit.hpp"

namespace posy::api {
namespace {

constexpr std::chrono::minutes window{15};
constexpr int from_network_max = 20;
constexpr int from_strangers_max = 30;

}  // namespace

bool may_try_password(http::RateLimiter& limiter, SignInAttempt const& attempt, Time now) {
  auto network = http::network_of(attempt.address);
  auto key = "sign-in-account:" + attempt.account;
  if (!limiter.take(key + "@" + network, from_network_max, window, now).allowed) return false;
  bool is_known = std::ranges::any_of(
      attempt.at, [&](std::string const& address) { return http::network_of(address) == network; });
  return is_known || limiter.take(key, from_strangers_max, window, now).allowed;
}

}  // namespace posy::api
