#include "base/log.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

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

constexpr std::chrono::seconds quiet_time{10};
constexpr std::size_t lines_remembered_max = 256;

// A failure that meets everybody would fill the log, and with it the disk that may be the reason.
class Repeats {
 public:
  // How often these words were kept back since they were last written; nothing: they are kept back now.
  std::optional<int> ask(std::string const& line) {
    auto now = std::chrono::steady_clock::now();
    std::lock_guard lock(mutex_);
    if (auto found = known_.find(line); found != known_.end()) {
      auto& [until, kept_back] = found->second;
      if (now < until) {
        ++kept_back;
        return {};
      }
      until = now + quiet_time;
      return std::exchange(kept_back, 0);
    }
    if (known_.size() >= lines_remembered_max)
      std::erase_if(known_, [&](auto const& one) { return one.second.until <= now; });
    if (known_.size() < lines_remembered_max) known_.emplace(line, Known{now + quiet_time});
    return 0;
  }

 private:
  struct Known {
    std::chrono::steady_clock::time_point until;
    int kept_back = 0;
  };
  std::mutex mutex_;
  std::unordered_map<std::string, Known> known_;
};

std::optional<int> ask_repeats(std::string const& line) {
  static Repeats repeats;  // beside the logger, and like it made on first use
  return repeats.ask(line);
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
  if (level == Level::warn || level == Level::error) {
    auto kept_back = ask_repeats(line);
    if (!kept_back) return;
    if (*kept_back > 0) line += fmt::format(" (and {} times more since this was last written)", *kept_back);
  }
  logger().log(translate(level), line);
}

}  // namespace posy::log
