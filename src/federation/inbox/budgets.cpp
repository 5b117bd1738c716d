#include "federation/inbox/budgets.hpp"

#include <algorithm>
#include <numeric>

namespace posy::federation {
namespace {

constexpr Milliseconds cleaning_interval{10'000};
constexpr std::chrono::seconds until_there_is_room{60};

double seconds_between(Time from, Time to) { return std::chrono::duration<double>(to - from).count(); }

}  // namespace

std::optional<std::chrono::seconds> Budgets::refuse(std::string const& name, std::int64_t backlog, Time now) {
  std::scoped_lock lock(mutex_);
  auto* host = find(name, now);
  if (!host) return {};  // the bound of all holds for it too
  auto waiting = std::accumulate(host->waiting.begin(), host->waiting.end(), std::int64_t{0});
  if (waiting >= std::max(share_min, backlog_max - backlog)) return until_there_is_room;
  if (host->spent + 1 > burst_max)
    return std::chrono::seconds(1 + static_cast<std::int64_t>((host->spent + 1 - burst_max) / rate_max));
  ++host->spent;
  return {};
}

void Budgets::note(store::Sender const& sender, Time now) {
  std::scoped_lock lock(mutex_);
  if (auto* host = find(sender.host, now)) host->waiting[static_cast<std::size_t>(sender.lane)] = sender.waiting;
}

Budgets::Host* Budgets::find(std::string const& name, Time now) {
  auto found = hosts_.find(name);
  if (found == hosts_.end()) {
    if (hosts_.size() >= hosts_max) clean(now);
    if (hosts_.size() >= hosts_max) return nullptr;
    found = hosts_.emplace(name, Host{.counted_at = now}).first;
  }
  auto& host = found->second;
  host.spent = std::max(0.0, host.spent - std::max(0.0, seconds_between(host.counted_at, now)) * rate_max);
  host.counted_at = now;
  return &host;
}

// Not at each call, for it looks at all.
void Budgets::clean(Time now) {
  if (now < cleaned_ + cleaning_interval) return;
  cleaned_ = now;
  std::erase_if(hosts_, [&](auto const& one) {
    auto const& host = one.second;
    bool is_idle = std::ranges::all_of(host.waiting, [](auto count) { return count <= 0; });
    return is_idle && host.spent <= seconds_between(host.counted_at, now) * rate_max;
  });
}

}  // namespace posy::federation
