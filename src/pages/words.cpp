#include "pages/words.hpp"

#include <fmt/format.h>

#include "text/plain.hpp"

namespace posy::pages {
namespace {

constexpr std::string_view months[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};

std::chrono::year_month_day day_of(Time time) {
  return std::chrono::floor<std::chrono::days>(time);
}

std::string_view name_of_month(std::chrono::year_month_day day) {
  return months[unsigned(day.month()) - 1];
}

}  // namespace

std::string short_date(Time time) {
  auto day = day_of(time);
  return fmt::format("{} {} {}", unsigned(day.day()), name_of_month(day).substr(0, 3), int(day.year()));
}

std::string long_date(Time time) {
  auto day = day_of(time);
  auto minutes =
      std::chrono::floor<std::chrono::minutes>(time - std::chrono::floor<std::chrono::days>(time)).count();
  return fmt::format("{} {} {}, {:02}:{:02} UTC", unsigned(day.day()), name_of_month(day), int(day.year()),
                     minutes / 60, minutes % 60);
}

std::string month(Time time) {
  auto day = day_of(time);
  return fmt::format("{} {}", name_of_month(day), int(day.year()));
}

std::string short_number(std::int64_t number) {
  if (number >= 1'000'000) return fmt::format("{:.1f} million", static_cast<double>(number / 100'000) / 10);
  std::string digits = std::to_string(number);
  if (digits.size() > 3) digits.insert(digits.size() - 3, ",");
  return digits;
}

std::string counted(std::int64_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", short_number(number), number == 1 ? one : many);
}

std::string extract(std::string_view html, std::size_t characters) {
  std::string line;
  for (char c : text::html_to_text(html)) {
    bool blank = c == '\n' || c == ' ' || c == '\t';
    if (!blank)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  if (line.ends_with(' ')) line.pop_back();
  return text::truncate(line, characters);
}

}  // namespace posy::pages
