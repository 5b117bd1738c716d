#include "base/log.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <string>

namespace posy::log {
namespace {

spdlog::level::level_enum translate(Level level) {
  switch (level) {
    case Level::trace: return spdlog::level::trace;
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warn: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
    case Level::off: return spdlog::level::off;
  }
  return spdlog::level::info;
}

// spdlog keeps its loggers in a registry of its own; this one is made on first use.
spdlog::logger& logger() {
  static auto made = [] {
    auto log = spdlog::stderr_color_mt("posy");
    log->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %^%l%$ %v", spdlog::pattern_time_type::utc);
    return log;
  }();
  return *made;
}

}  // namespace

bool set_level(std::string_view name) {
  constexpr std::pair<std::string_view, Level> names[] = {
      {"trace", Level::trace}, {"debug", Level::debug}, {"info", Level::info},
      {"warn", Level::warn},   {"error", Level::error}, {"off", Level::off}};
  for (auto const& [known, level] : names) {
    if (known != name) continue;
    logger().set_level(translate(level));
    return true;
  }
  return false;
}

bool enabled(Level level) { return logger().should_log(translate(level)); }

void write(Level level, std::string_view message) {
  // A line break in a message must not look like a second event.
  std::string line;
  for (char c : message) {
    if (c == '\n') line += "\\n";
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) line += '?';
    else line += c;
  }
  logger().log(translate(level), line);
}

}  // namespace posy::log
