#include "federation/inbox/seen.hpp"

#include "crypto/digest.hpp"

namespace posy::federation {
namespace {

constexpr Milliseconds cleaning_interval = std::chrono::minutes(5);
// Enough of SHA-256 that nobody finds two signatures with one, and short enough to need no memory of its own.
constexpr std::size_t digest_bytes = 15;

std::string digest_of(std::string_view key) { return crypto::sha256(key).substr(0, digest_bytes); }

}  // namespace

bool Seen::add(std::string const& host, std::string_view key, Time until, Time now) {
  auto digest = digest_of(key);
  std::lock_guard lock(mutex_);
  if (now - cleaned_ > cleaning_interval) clean(now);
  if (entries_.contains(digest)) return false;
  // Hosts that share a number share the room.
  std::uint64_t number = std::hash<std::string>{}(host);
  auto& count = of_host_[number];
  if (entries_.size() >= entries_max || count >= of_one_host_max) {
    if (count == 0) of_host_.erase(number);
    return true;
  }
  ++count;
  entries_.emplace(std::move(digest), Entry{until, number});
  return true;
}

void Seen::remove(std::string_view key) {
  std::lock_guard lock(mutex_);
  auto found = entries_.find(digest_of(key));
  if (found == entries_.end()) return;
  forget_one_of(found->second.host);
  entries_.erase(found);
}

void Seen::forget_one_of(std::uint64_t number) {
  auto host = of_host_.find(number);
  if (--host->second == 0) of_host_.erase(host);
}

void Seen::clean(Time now) {
  cleaned_ = now;
  std::erase_if(entries_, [&](auto const& one) {
    if (one.second.until >= now) return false;
    forget_one_of(one.second.host);
    return true;
  });
}

}  // namespace posy::federation
