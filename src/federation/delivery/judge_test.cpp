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

constexpr Milliseconds no_time{0};

Verdict verdict(unsigned status, Milliseconds failing_for = no_time) {
  return judge(answer(status), failing_for).verdict;
}

TEST(Judge, ReadsStatuses) {
  for (unsigned status : {200u, 202u, 204u}) EXPECT_EQ(verdict(status), Verdict::delivered) << status;
  for (unsigned status : {408u, 429u, 500u, 502u, 503u, 504u, 599u}) EXPECT_EQ(verdict(status), Verdict::later) << status;
  for (unsigned status : {301u, 302u, 400u, 404u, 405u, 422u}) EXPECT_EQ(verdict(status), Verdict::never) << status;
  EXPECT_EQ(verdict(410), Verdict::gone);
}

TEST(Judge, AsksAgainWhoDoesNotBelieveUsButNotForEver) {
  for (unsigned status : {401u, 403u}) {
    EXPECT_EQ(verdict(status), Verdict::later);
    EXPECT_EQ(verdict(status, disbelief_max - Milliseconds{1}), Verdict::later);
    EXPECT_EQ(verdict(status, disbelief_max), Verdict::refused);
  }
}

TEST(Judge, TellsNoAnswerFromNoAddress) {
  EXPECT_EQ(judge(http::send_error(Failure::cannot_connect), no_time).verdict, Verdict::later);
  EXPECT_EQ(judge(http::send_error(Failure::timed_out), no_time).verdict, Verdict::later);
  EXPECT_EQ(judge(http::send_error(Failure::bad_url), no_time).verdict, Verdict::never);
  EXPECT_EQ(judge(http::send_error(Failure::stopped), no_time).verdict, Verdict::interrupted);
}

TEST(Learn, LeavesServersAloneForLongerAndLonger) {
  EXPECT_EQ(rest_after(1), std::chrono::seconds(10));
  EXPECT_EQ(rest_after(2), std::chrono::seconds(20));
  EXPECT_EQ(rest_after(1000), std::chrono::hours(12));
  Peer peer;
  Time now{std::chrono::hours(500'000)};
  learn(peer, judge(answer(503), no_time), now, 0.5);
  EXPECT_EQ(peer.failures, 1);
  EXPECT_EQ(peer.retry_at, now + std::chrono::seconds(10));
  EXPECT_EQ(peer.error, "answered with 503");
  learn(peer, judge(answer(503), no_time), now, 0);
  EXPECT_EQ(peer.retry_at, now + std::chrono::seconds(15)) << "a quarter sooner";
  EXPECT_EQ(peer.failed_since, now);
  auto good = judge(answer(202), no_time);
  good.form = store::SignatureForm::rfc9421;
  learn(peer, good, now, 0);
  EXPECT_EQ(peer, (Peer{.signature = store::SignatureForm::rfc9421}));
}

TEST(Learn, WaitsAsLongAsItIsAskedToWithinBounds) {
  Time now{std::chrono::hours(500'000)};
  auto rest = [&](std::string_view header) {
    Peer peer;
    learn(peer, judge(answer(429, header), no_time), now, 0.5);
    return std::chrono::duration_cast<std::chrono::seconds>(*peer.retry_at - now).count();
  };
  EXPECT_EQ(rest("120"), 120);
  EXPECT_EQ(rest("0"), 10);
  EXPECT_EQ(rest("99999999"), 12 * 3600);
  for (auto nonsense : {"-5", "1e9", "99999999999999999999999", "soon", "12 ", ""}) EXPECT_EQ(rest(nonsense), 10) << nonsense;
}

TEST(Learn, WhatWasAskedForIsNotShortened) {
  Time now{std::chrono::hours(500'000)};
  Peer peer;
  learn(peer, judge(answer(429, "3600"), no_time), now, 0);
  EXPECT_EQ(peer.retry_at, now + std::chrono::hours(1));
}

TEST(Learn, LeavesWhoRefusesUsAloneToo) {
  Time now{std::chrono::hours(500'000)};
  Peer peer{.failures = 2, .failed_since = now - disbelief_max};
  auto refused = judge(answer(401), disbelief_max);
  EXPECT_FALSE(refused.host_answers);
  learn(peer, refused, now, 0.5);
  EXPECT_EQ(peer.failures, 3);
  EXPECT_EQ(peer.retry_at, now + rest_after(3)) << "one delivery a rest is given up, not all that wait";
  learn(peer, judge(answer(404), no_time), now, 0.5);
  EXPECT_EQ(peer.failures, 0) << "it answers";
  learn(peer, judge(http::send_error(Failure::stopped), no_time), now, 0.5);
  EXPECT_EQ(peer, Peer{});
  learn(peer, judge(http::send_error(Failure::too_much_to_do), no_time), now, 0.5);
  EXPECT_EQ(peer, Peer{}) << "it is not the other one's fault";
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
