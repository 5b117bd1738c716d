// Ids: 48 bits of milliseconds since 1970 and 16 of sequence, so that order by id is order by time.
// Decimal strings in JSON, 64-bit integers in the database. Each noun has a type of its own.
#pragma once

#include <atomic>
#include <charconv>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/time.hpp"

namespace posy {

template <class Tag>
struct Id {
  std::int64_t value = 0;  // 0 is no id

  friend auto operator<=>(Id, Id) = default;
  explicit operator bool() const { return value != 0; }
  std::string str() const { return std::to_string(value); }
};

using AccountId = Id<struct AccountTag>;
using PostId = Id<struct PostTag>;
using MediaId = Id<struct MediaTag>;
using PollId = Id<struct PollTag>;
using TagId = Id<struct TagTag>;
using ListId = Id<struct ListTag>;
using AppId = Id<struct AppTag>;
using TokenId = Id<struct TokenTag>;
using FilterId = Id<struct FilterTag>;
using NotificationId = Id<struct NotificationTag>;
using ConversationId = Id<struct ConversationTag>;
using RowId = Id<struct RowTag>;  // rows that nothing else names: favourites, follows, edits ...

// Reads a positive decimal number that fits; anything else is no id.
inline std::optional<std::int64_t> parse_id(std::string_view text) {
  std::int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value <= 0) return {};
  return value;
}

inline Time time_of_id(std::int64_t id) { return from_milliseconds(id >> 16); }
// The smallest id that a moment can have: for "everything before ..." and for posts with a date of their own.
inline std::int64_t first_id_at(Time time) { return to_milliseconds(time) << 16; }

// Makes ids that only grow, from any thread. Where in a millisecond it begins is another place for each maker,
// so that two processes on one database do not make the same ids; should they, the database refuses the second.
class IdMaker {
 public:
  explicit IdMaker(Clock const& clock) : clock_(clock), seed_(random_number()) {}
  std::int64_t next() {
    std::int64_t last = last_.load(std::memory_order_relaxed);
    std::int64_t id;
    do {
      id = std::max(last + 1, begin_of(clock_.now()));
    } while (!last_.compare_exchange_weak(last, id, std::memory_order_relaxed));
    return id;
  }
  // All that are made from now on are greater than this one.
  void skip(std::int64_t id) {
    std::int64_t last = last_.load(std::memory_order_relaxed);
    while (last < id && !last_.compare_exchange_weak(last, id, std::memory_order_relaxed)) {
    }
  }

 private:
  std::int64_t begin_of(Time now) const {
    auto first = first_id_at(now);
    auto mixed = (static_cast<std::uint64_t>(first) ^ seed_) * 0x9e3779b97f4a7c15;  // 2^64 / the golden ratio
    return first | static_cast<std::int64_t>(mixed >> 49);                         // in the lower half
  }

  Clock const& clock_;
  std::uint64_t seed_;
  std::atomic<std::int64_t> last_{0};
};

}  // namespace posy

template <class Tag>
struct std::hash<posy::Id<Tag>> {
  std::size_t operator()(posy::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
