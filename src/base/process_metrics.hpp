// The series that Prometheus expects of every process, read from /proc/self (proc(5)).
#pragma once

#include <prometheus/metric_family.h>

#include <vector>

namespace posy {

// What cannot be read is left out.
std::vector<prometheus::MetricFamily> collect_process_metrics();

}  // namespace posy
