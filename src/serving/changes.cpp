#include "serving/changes.hpp"

#include <algorithm>

#include "social/live.hpp"

namespace posy::serving {
namespace {

using social::Live;

// Two tables of 512 KiB. A page shows some fifty ids, so a thousand unrelated changes drop about half of the
// pages that lie in the cache for nothing.
constexpr int slot_bits = 16;
constexpr std::size_t slots = std::size_t{1} << slot_bits;

std::size_t slot_of(std::int64_t id) {
  return static_cast<std::size_t>((static_cast<std::uint64_t>(id) * 0x9e3779b97f4a7c15u) >> (64 - slot_bits));
}

// Only one thread raises.
void raise(std::atomic<std::uint64_t>& moment, std::uint64_t epoch) {
  if (moment.load(std::memory_order_relaxed) < epoch) moment.store(epoch, std::memory_order_release);
}

bool is_later(std::atomic<std::uint64_t> const& moment, std::uint64_t epoch) {
  return moment.load(std::memory_order_acquire) > epoch;
}

}  // namespace

void Shows::tidy() {
  std::ranges::sort(ids_);
  auto repeated = std::ranges::unique(ids_);
  ids_.erase(repeated.begin(), repeated.end());
}

Changes::Changes()
    : changed_(std::make_unique<Moment[]>(slots)), counted_(std::make_unique<Moment[]>(slots)) {}

void Changes::on_events(std::span<db::Event const> events) {
  for (auto const& event : events) {
    switch (static_cast<Live>(event.kind)) {
      case Live::post_edited:
      case Live::post_deleted:
        raise(changed_[slot_of(event.a)], event.epoch);
        break;
      case Live::account_changed:
        raise(changed_[slot_of(event.a)], event.epoch);
        raise(something_, event.epoch);
        break;
      // While a post is in everybody's hands these come by the thousand.
      case Live::post_counts:
        raise(counted_[slot_of(event.a)], event.epoch);
        break;
      case Live::post_changed:
        raise((event.b == 1 ? counted_ : changed_)[slot_of(event.a)], event.epoch);
        break;
      case Live::post_created:
        raise(something_, event.epoch);
        break;
      case Live::emoji_changed:
      case Live::rules_changed:
        raise(everything_, event.epoch);
        break;
      case Live::relation_changed:
      case Live::notification:
      case Live::conversation:
      case Live::filters_changed:
      case Live::token_revoked:
      case Live::keys_changed:
      case Live::delivery_progress:
        break;  // no business of visitors
    }
  }
  if (!events.empty()) raise(last_, events.back().epoch);
}

Changes::Answer Changes::check(std::span<std::int64_t const> ids, std::uint64_t epoch) const {
  if (is_later(everything_, epoch)) return Answer::changed;
  bool a_little = is_later(something_, epoch);
  for (auto id : ids) {
    auto slot = slot_of(id);
    if (is_later(changed_[slot], epoch)) return Answer::changed;
    a_little = a_little || is_later(counted_[slot], epoch);
  }
  return a_little ? Answer::a_little : Answer::unchanged;
}

}  // namespace posy::serving
