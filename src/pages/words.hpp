// Dates, numbers and extracts as people read them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace posy::pages {

std::string short_date(Time time);              // "22 Nov 2026"
std::string long_date(Time time);               // "22 November 2026, 15:04 UTC"
std::string month(Time time);                   // "November 2026"
std::string short_number(std::int64_t number);  // "12,345", "1.2 million"
// "1 reply", "2 replies".
std::string counted(std::int64_t number, std::string_view one, std::string_view many);
// The text of clean HTML on one line, at most so many characters.
std::string extract(std::string_view html, std::size_t characters);

}  // namespace posy::pages
