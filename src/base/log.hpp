// Logging: one line an event, to standard error, by spdlog. Never a secret, never a message's text.
// A warning or an error that comes again word for word is written once in ten seconds, with how often it came.
#pragma once

#include <fmt/format.h>

#include <string_view>

namespace posy::log {

enum class Level { trace, debug, info, warn, error, off };

// "trace", "debug", "info", "warn", "error", "off"; false when it is none of them.
bool set_level(std::string_view name);
bool enabled(Level level);
void write(Level level, std::string_view message);

template <class... Args>
void debug(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::debug)) write(Level::debug, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::info)) write(Level::info, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void warn(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::warn)) write(Level::warn, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::error)) write(Level::error, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace posy::log
