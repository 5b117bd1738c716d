#include "base/time.hpp"

#include <fmt/format.h>

#include <charconv>

namespace posy {
namespace {

using namespace std::chrono;

constexpr std::string_view weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Parts {
  year_month_day date;
  hh_mm_ss<Milliseconds> clock;
};

Parts split(Time time) {
  auto day = floor<days>(time);
  return {year_month_day{day}, hh_mm_ss<Milliseconds>{time - day}};
}

// Takes exactly `count` digits off the front of `text`.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return {};
  int value = 0;
  for (char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Time> make_time(int y, int mo, int d, int h, int mi, int s, int ms) {
  year_month_day date{year{y}, month{static_cast<unsigned>(mo)}, day{static_cast<unsigned>(d)}};
  // A leap second is read as the second before it: system time has none.
  if (s == 60) s = 59;
  if (!date.ok() || h > 23 || mi > 59 || s > 59) return {};
  return sys_days{date} + hours{h} + minutes{mi} + seconds{s} + Milliseconds{ms};
}

}  // namespace

std::string to_rfc3339(Time time) {
  auto [date, clock] = split(time);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", int(date.year()), unsigned(date.month()),
                     unsigned(date.day()), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count(), clock.subseconds().count());
}

std::string to_date(Time time) {
  auto date = split(time).date;
  return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()), unsigned(date.day()));
}

std::string to_http_date(Time time) {
  auto [date, clock] = split(time);
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                     weekdays[weekday{sys_days{date}}.c_encoding()], unsigned(date.day()),
                     months[unsigned(date.month()) - 1], int(date.year()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

std::optional<Time> parse_rfc3339(std::string_view text) {
  auto y = take_digits(text, 4);
  if (!y || !take(text, '-')) return {};
  auto mo = take_digits(text, 2);
  if (!mo || !take(text, '-')) return {};
  auto d = take_digits(text, 2);
  if (!d) return {};
  if (text.empty()) return make_time(*y, *mo, *d, 0, 0, 0, 0);
  if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return {};
  auto h = take_digits(text, 2);
  if (!h || !take(text, ':')) return {};
  auto mi = take_digits(text, 2);
  if (!mi) return {};
  int s = 0, ms = 0;
  if (take(text, ':')) {
    auto seconds = take_digits(text, 2);
    if (!seconds) return {};
    s = *seconds;
    if (take(text, '.')) {
      int digits = 0;
      while (!text.empty() && text.front() >= '0' && text.front() <= '9' && digits < 9) {
        if (digits < 3) ms = ms * 10 + (text.front() - '0');
        text.remove_prefix(1);
        ++digits;
      }
      if (digits == 0) return {};
      for (int i = digits; i < 3; ++i) ms *= 10;
    }
  }
  auto time = make_time(*y, *mo, *d, *h, *mi, s, ms);
  if (!time) return {};
  if (text == "Z" || text == "z" || text.empty()) return time;
  char sign = text.front();
  if (sign != '+' && sign != '-') return {};
  text.remove_prefix(1);
  auto oh = take_digits(text, 2);
  if (!oh || *oh > 23) return {};
  take(text, ':');
  auto om = take_digits(text, 2);
  if (!om || *om > 59 || !text.empty()) return {};
  auto offset = hours{*oh} + minutes{*om};
  return sign == '+' ? *time - offset : *time + offset;
}

std::optional<Time> parse_http_date(std::string_view text) {
  // "Sun, 22 Nov 2026 15:04:05 GMT"; the two obsolete forms are not accepted.
  if (text.size() != 29 || text.substr(25) != " GMT" || text.substr(3, 2) != ", ") return {};
  text.remove_prefix(5);
  auto d = take_digits(text, 2);
  if (!d || !take(text, ' ')) return {};
  int mo = 0;
  for (int i = 0; i < 12; ++i)
    if (text.substr(0, 3) == months[i]) mo = i + 1;
  if (mo == 0) return {};
  text.remove_prefix(3);
  if (!take(text, ' ')) return {};
  auto y = take_digits(text, 4);
  if (!y || !take(text, ' ')) return {};
  auto h = take_digits(text, 2);
  if (!h || !take(text, ':')) return {};
  auto mi = take_digits(text, 2);
  if (!mi || !take(text, ':')) return {};
  auto s = take_digits(text, 2);
  if (!s) return {};
  return make_time(*y, mo, *d, *h, *mi, *s, 0);
}

}  // namespace posy
