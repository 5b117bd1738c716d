#include "federation/delivery/judge.hpp"

#include <gtest/gtest.h>

namespace posy::federation {
namespace {

using http::Failure;
using store::Peer;

http::Incoming answer(unsigned status, std::string_view retry_after = {}) {
  http::Incoming out;
  out.status = status;
  if (!retry_after.empty()) out.headers.set("Retry-After", retry_after);
  return out;
}

Verdict verdict(unsigned status, int failures = 0) { return judge(answer(status), failures).verdict; }

TEST(Judge, ReadsStatuses) {
  for (unsigned status : {200u, 202u, 204u}) EXPECT_EQ(verdict(status), Verdict::delivered) << status;
  for (unsigned status : {408u, 429u, 500u, 502u, 503u, 504u, 599u}) EXPECT_EQ(verdict(status), Verdict::later) << status;
  for (unsigned status : {301u, 302u, 400u, 404u, 405u, 422u}) EXPECT_EQ(verdict(status), Verdict::never) << status;
  EXPECT_EQ(verdict(410), Verdict::gone);
}

TEST(Judge, AsksAgainWhoDoesNotBelieveUsButNotForEver) {
  for (unsigned status : {401u, 403u}) {
    EXPECT_EQ(verdict(status, 0), Verdict::later);
    EXPECT_EQ(verdict(status, 1), Verdict::later);
    EXPECT_EQ(verdict(status, 2), Verdict::never);
    EXPECT_EQ(verdict(status, 9), Verdict::never);
  }
}

TEST(Judge, TellsNoAnswerFromNoAddress) {
  EXPECT_EQ(judge(http::send_error(Failure::cannot_connect), 0).verdict, Verdict::later);
  EXPECT_EQ(judge(http::send_error(Failure::timed_out), 0).verdict, Verdict::later);
  EXPECT_EQ(judge(http::send_error(Failure::bad_url), 0).verdict, Verdict::never);
  EXPECT_EQ(judge(http::send_error(Failure::stopped), 0).verdict, Verdict::interrupted);
}

TEST(Learn, LeavesServersAloneForLongerAndLonger) {
  EXPECT_EQ(rest_after(1), std::chrono::seconds(10));
  EXPECT_EQ(rest_after(2), std::chrono::seconds(20));
  EXPECT_EQ(rest_after(1000), std::chrono::hours(12));
  Peer peer;
  Time now{std::chrono::hours(500'000)};
  learn(peer, judge(answer(503), 0), now, 0.5);
  EXPECT_EQ(peer.failures, 1);
  EXPECT_EQ(peer.retry_at, now + std::chrono::seconds(10));
  EXPECT_EQ(peer.error, "answered with 503");
  learn(peer, judge(answer(503), 1), now, 0);
  EXPECT_EQ(peer.retry_at, now + std::chrono::seconds(15)) << "a quarter sooner";
  EXPECT_EQ(peer.failed_since, now);
  auto good = judge(answer(202), 2);
  good.form = store::SignatureForm::rfc9421;
  learn(peer, good, now, 0);
  EXPECT_EQ(peer, (Peer{.signature = store::SignatureForm::rfc9421}));
}

TEST(Learn, WaitsAsLongAsItIsAskedToWithinBounds) {
  Time now{std::chrono::hours(500'000)};
  auto rest = [&](std::string_view header) {
    Peer peer;
    learn(peer, judge(answer(429, header), 0), now, 0.5);
    return std::chrono::duration_cast<std::chrono::seconds>(*peer.retry_at - now).count();
  };
  EXPECT_EQ(rest("120"), 120);
  EXPECT_EQ(rest("0"), 10);
  EXPECT_EQ(rest("99999999"), 12 * 3600);
  for (auto nonsense : {"-5", "1e9", "99999999999999999999999", "soon", "12 ", ""}) EXPECT_EQ(rest(nonsense), 10) << nonsense;
}

TEST(Learn, RemembersWhoRefusesUs) {
  Peer peer{.failures = 2};
  Time now{std::chrono::hours(500'000)};
  learn(peer, judge(answer(401), 2), now, 0.5);
  EXPECT_EQ(peer.failures, 2) << "the next delivery is tried once";
  EXPECT_FALSE(peer.retry_at);
  learn(peer, judge(answer(404), 2), now, 0.5);
  EXPECT_EQ(peer.failures, 0) << "it answers";
  learn(peer, judge(http::send_error(Failure::stopped), 0), now, 0.5);
  EXPECT_EQ(peer, Peer{});
}

TEST(GivingUp, IsForWhoIsAwayAndNotForClocksThatJump) {
  Time const now{std::chrono::hours(500'000)};
  Peer peer;
  EXPECT_FALSE(is_given_up(peer, now - std::chrono::days(30), now)) << "it was never tried";
  peer.failed_since = now - std::chrono::minutes(5);
  EXPECT_FALSE(is_given_up(peer, now - std::chrono::days(30), now));
  peer.failed_since = now - std::chrono::days(8);
  EXPECT_TRUE(is_given_up(peer, now - std::chrono::days(8), now));
  EXPECT_FALSE(is_given_up(peer, now - std::chrono::days(6), now));
}

}  // namespace
}  // namespace posy::federation
