// Points in time: milliseconds since 1970, UTC. In the database and inside ids they are plain integers.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace posy {

using Milliseconds = std::chrono::milliseconds;
using Time = std::chrono::sys_time<Milliseconds>;

inline std::int64_t to_milliseconds(Time time) { return time.time_since_epoch().count(); }
inline Time from_milliseconds(std::int64_t value) { return Time{Milliseconds{value}}; }

// "2026-11-22T15:04:05.123Z" (RFC 3339, always UTC, always three decimals).
std::string to_rfc3339(Time time);
// "2026-11-22".
std::string to_date(Time time);
// "Sun, 22 Nov 2026 15:04:05 GMT" (RFC 9110, section 5.6.7).
std::string to_http_date(Time time);
// Reads RFC 3339 with any offset and 0 to 9 decimals; also a bare date (midnight UTC).
std::optional<Time> parse_rfc3339(std::string_view text);
std::optional<Time> parse_http_date(std::string_view text);

// Where "now" comes from, so that tests can live in virtual time. Must be callable from every thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Time now() const override { return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now()); }
};

// Goes on evenly whatever is done to the clock of the system: for how long something is remembered or held off. Starts
// with that clock, and parts from it when that is set.
class SteadyClock final : public Clock {
 public:
  Time now() const override {
    return begin_ + std::chrono::floor<Milliseconds>(std::chrono::steady_clock::now() - began_);
  }

 private:
  Time const begin_ = SystemClock().now();
  std::chrono::steady_clock::time_point const began_ = std::chrono::steady_clock::now();
};

}  // namespace posy
