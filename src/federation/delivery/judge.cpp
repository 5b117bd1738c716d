#include "federation/delivery/judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace posy::federation {
namespace {

using http::Failure;

constexpr Milliseconds first_rest = std::chrono::seconds(10);
constexpr Milliseconds longest_rest = std::chrono::hours(12);
constexpr int doublings_max = 13;
constexpr Milliseconds away_min = std::chrono::days(1);
constexpr int refused_attempts_max = 3;

// In seconds; the form with a date is rare and may be wrong by the clocks of both.
std::optional<Milliseconds> wait_of(http::Incoming const& answer) {
  auto header = answer.headers.find("Retry-After");
  if (!header) return {};
  std::int64_t seconds = 0;
  auto [end, error] = std::from_chars(header->data(), header->data() + header->size(), seconds);
  if (error != std::errc{} || end != header->data() + header->size() || seconds < 0) return {};
  return std::clamp<Milliseconds>(std::chrono::seconds(std::min<std::int64_t>(seconds, 86'400)), first_rest, longest_rest);
}

Verdict verdict_of(unsigned status, int failures) {
  if (status >= 200 && status < 300) return Verdict::delivered;
  if (status == 410) return Verdict::gone;
  if (status == 408 || status == 429 || status >= 500) return Verdict::later;
  // Perhaps it could not fetch our key just now.
  bool is_refused = status == 401 || status == 403;
  return is_refused && failures + 1 < refused_attempts_max ? Verdict::later : Verdict::never;
}

}  // namespace

Milliseconds rest_after(int failures) {
  return std::min(longest_rest, first_rest * (1 << std::clamp(failures - 1, 0, doublings_max)));
}

bool is_given_up(store::Peer const& peer, Time created_at, Time now) {
  return now - created_at > delivery_age_max && peer.failed_since && now - *peer.failed_since > away_min;
}

Judgement judge(http::SendResult<http::Incoming> const& answer, int failures) {
  if (!answer) {
    auto failure = answer.error().failure;
    auto verdict = failure == Failure::bad_url   ? Verdict::never
                   : failure == Failure::stopped ? Verdict::interrupted
                                                 : Verdict::later;
    return {.verdict = verdict, .error = answer.error().message};
  }
  Judgement out{.verdict = verdict_of(answer->status, failures)};
  out.host_answers = out.verdict != Verdict::later && answer->status != 401 && answer->status != 403;
  if (out.verdict != Verdict::delivered) out.error = fmt::format("answered with {}", answer->status);
  if (out.verdict == Verdict::later) out.wait = wait_of(*answer);
  return out;
}

void learn(store::Peer& peer, Judgement const& judgement, Time now, double spread) {
  if (judgement.verdict == Verdict::interrupted) return;
  if (judgement.host_answers) {
    peer.failures = 0;
    peer.failed_since = peer.retry_at = std::nullopt;
    peer.error.clear();
    if (judgement.form != store::SignatureForm::unknown) peer.signature = judgement.form;
    return;
  }
  peer.error = judgement.error;
  if (judgement.verdict != Verdict::later) return;  // it refuses us, and the next one is asked for all the same
  ++peer.failures;
  if (!peer.failed_since) peer.failed_since = now;
  auto rest = rest_after(peer.failures);
  if (judgement.wait) rest = std::max(rest, *judgement.wait);
  peer.retry_at = now + Milliseconds(static_cast<std::int64_t>(static_cast<double>(rest.count()) * (0.75 + spread / 2)));
}

}  // namespace posy::federation
