// The series that Prometheus expects of every process, read from /proc/self (proc(5)).
#pragma once

#include <prometheus/metric_family.h>

#include <cstdint>
#include <vector>

namespace posy {

// 0 where it cannot be read.
struct Process {
  std::int64_t memory_bytes = 0;  // resident
  std::int64_t seconds_up = 0;
};
Process this_process();

// What cannot be read is left out.
std::vector<prometheus::MetricFamily> collect_process_metrics();

}  // namespace posy
