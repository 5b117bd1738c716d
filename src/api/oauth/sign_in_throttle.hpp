// How often a password may be tried, besides the gate's limit for each address (Rate::sign_in).
//
// Two limits: one for an account from one network, and one for an account from all strangers together. Networks
// from which its person has signed in are no strangers, so that others cannot lock her out by guessing.
#pragma once

#include <span>
#include <string>

#include "base/time.hpp"

namespace posy::http {
class RateLimiter;
}

namespace posy::api {

struct SignInAttempt {
  std::string account;              // its id; for a name that nobody has, that name
  std::string address;              // from where
  std::span<std::string const> at;  // addresses of the account's sessions
};

// Counts the attempt; false when it is one too many.
bool may_try_password(http::RateLimiter& limiter, SignInAttempt const& attempt, Time now);

}  // namespace posy::api
