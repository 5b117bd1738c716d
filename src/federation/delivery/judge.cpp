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

// In seconds; the form with a date is rare and may be wrong by the clocks of both.
std::optional<Milliseconds> wait_of(http::Incoming const& answer) {
  auto header = answer.headers.find("Retry-After");
  if (!header) return {};
  std::int64_t seconds = 0;
  auto [end, error] = std::from_chars(header->data(), header->data() + header->size(), seconds);
  if (error != std::errc{} || end != header->data() + header->size() || seconds < 0) return {};
  return std::clamp<Milliseconds>(std::chrono::seconds(std::min<std::int64_t>(seconds, 86'400)), first_rest, longest_rest);
}

Verdict verdict_of(unsigned status, Milliseconds failing_for) {
  if (status >= 200 && status < 300) return Verdict::delivered;
  if (status == 410) return Verdict::gone;
  if (status == 408 || status == 429 || status >= 500) return Verdict::later;
  bool const is_refused = status == 401 || status == 403;
  if (!is_refused) return Verdict::never;
  return failing_for < disbelief_max ? Verdict::later : Verdict::refused;
}

}  // namespace

Milliseconds rest_after(int failures) {
  return std::min(longest_rest, first_rest * (1 << std::clamp(failures - 1, 0, doublings_max)));
}

bool is_given_up(store::Peer const& peer, Time created_at, Time now) {
  return now - created_at > delivery_age_max && peer.failed_since && now - *peer.failed_since > away_min;
}

Judgement judge(http::SendResult<http::Incoming> const& answer, Milliseconds failing_for) {
  if (!answer) {
    auto failure = answer.error().failure;
    auto verdict = failure == Failure::bad_url   ? Verdict::never
                   : failure == Failure::stopped || failure == Failure::too_much_to_do ? Verdict::interrupted
                                                                                       : Verdict::later;
    return {.verdict = verdict, .error = answer.error().message};
  }
  Judgement out{.verdict = verdict_of(answer->status, failing_for)};
  out.host_answers = out.verdict != Verdict::later && out.verdict != Verdict::refused;
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
  if (judgement.verdict == Verdict::never) return;  // there is no such address
  ++peer.failures;
  if (!peer.failed_since) peer.failed_since = now;
  auto const rest = static_cast<double>(rest_after(peer.failures).count()) * (0.75 + spread / 2);
  peer.retry_at = now + std::max(Milliseconds(static_cast<std::int64_t>(rest)), judgement.wait.value_or(Milliseconds{0}));
}

}  // namespace posy::federation
