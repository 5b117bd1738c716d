#include "federation/inbox/budgets.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "federation/vocabulary/iri.hpp"

namespace posy::federation {
namespace {

constexpr Milliseconds cleaning_interval{10'000};
constexpr std::chrono::minutes noted_for{10};
constexpr std::chrono::seconds until_there_is_room{60};

double seconds_between(Time from, Time to) { return std::chrono::duration<double>(to - from).count(); }

}  // namespace

std::optional<std::chrono::seconds> Budgets::refuse(std::string const& name, std::int64_t backlog, Time now) {
  std::scoped_lock lock(mutex_);
  auto* host = find(name, now);
  if (!host) return {};  // the bound of all holds for it too
  auto site = of_site_.find(site_of(name));
  auto const waiting = site == of_site_.end() ? 0 : site->second;
  if (waiting >= std::max(share_min, backlog_max - reserve - backlog)) return until_there_is_room;
  if (host->spent + 1 > burst_max)
    return std::chrono::seconds(1 + static_cast<std::int64_t>((host->spent + 1 - burst_max) / rate_max));
  ++host->spent;
  return {};
}

void Budgets::note(store::Sender const& sender, Time now) {
  std::scoped_lock lock(mutex_);
  auto* host = find(sender.host, now);
  if (!host) return;
  host->noted_at = now;
  auto& waiting = host->waiting[static_cast<std::size_t>(sender.lane)];
  add(sender.host, sender.waiting - std::exchange(waiting, sender.waiting));
}

void Budgets::add(std::string const& host, std::int64_t waiting) {
  if (waiting == 0) return;
  auto site = of_site_.try_emplace(site_of(host)).first;
  site->second += waiting;
  if (site->second <= 0) of_site_.erase(site);
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
    auto const waiting = std::accumulate(host.waiting.begin(), host.waiting.end(), std::int64_t{0});
    // What another process has worked off is not noted here.
    bool const is_idle = waiting <= 0 || now - host.noted_at > noted_for;
    if (!is_idle || host.spent > seconds_between(host.counted_at, now) * rate_max) return false;
    add(one.first, -waiting);
    return true;
  });
}

}  // namespace posy::federation
