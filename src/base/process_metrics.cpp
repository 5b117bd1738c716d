#include "base/process_metrics.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace posy {
namespace {

struct ProcessNumbers {
  double resident_bytes;
  double cpu_seconds;
  double start_seconds;
};

std::string slurp(char const* path) {
  std::ifstream file{path};
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Seconds since 1970 at which the machine started; /proc counts from there.
std::optional<double> boot_seconds() {
  std::string stat = slurp("/proc/stat");
  auto at = stat.find("btime ");
  if (at == stat.npos) return {};
  return std::stod(stat.substr(at + 6));
}

std::optional<ProcessNumbers> read_numbers() {
  std::string stat = slurp("/proc/self/stat");
  // The second field is the program's name in brackets, which may itself hold spaces and brackets.
  auto bracket = stat.rfind(')');
  auto boot = boot_seconds();
  if (bracket == stat.npos || !boot) return {};
  std::istringstream fields{stat.substr(bracket + 1)};
  std::string skipped;
  for (int field = 3; field < 14; ++field) fields >> skipped;
  double user, system, start, pages;
  fields >> user >> system;
  for (int field = 16; field < 22; ++field) fields >> skipped;
  fields >> start >> skipped >> pages;
  if (!fields) return {};
  double const ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  double const page_bytes = static_cast<double>(sysconf(_SC_PAGESIZE));
  return ProcessNumbers{pages * page_bytes, (user + system) / ticks, *boot + start / ticks};
}

std::optional<double> open_descriptors() {
  std::error_code error;
  double count = 0;
  for (std::filesystem::directory_iterator entry{"/proc/self/fd", error}, end; !error && entry != end;
       entry.increment(error))
    ++count;
  if (error) return {};
  return count - 1;  // the iteration itself has one open
}

prometheus::MetricFamily family(std::string name, std::string help, prometheus::MetricType type,
                                double value) {
  prometheus::ClientMetric metric;
  if (type == prometheus::MetricType::Counter)
    metric.counter.value = value;
  else
    metric.gauge.value = value;
  return {std::move(name), std::move(help), type, {metric}};
}

}  // namespace

Process this_process() {
  auto const numbers = read_numbers();
  if (!numbers) return {};
  auto const now = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  return {static_cast<std::int64_t>(numbers->resident_bytes),
          static_cast<std::int64_t>(std::max(0.0, now - numbers->start_seconds))};
}

std::vector<prometheus::MetricFamily> collect_process_metrics() {
  using enum prometheus::MetricType;
  std::vector<prometheus::MetricFamily> families;
  if (auto numbers = read_numbers()) {
    families.push_back(
        family("process_resident_memory_bytes", "Memory that is in use.", Gauge, numbers->resident_bytes));
    families.push_back(
        family("process_cpu_seconds_total", "Processor time spent.", Counter, numbers->cpu_seconds));
    families.push_back(family("process_start_time_seconds", "When the process started, since 1970.", Gauge,
                              numbers->start_seconds));
  }
  if (auto count = open_descriptors())
    families.push_back(family("process_open_fds", "Open file descriptors.", Gauge, *count));
  return families;
}

}  // namespace posy
