// What an operator's Prometheus sees. Names begin with "posy_" and end in their unit; the series that every
// process has (memory, processor time, descriptors) are added when the page is rendered.
//
// The references that are handed out live as long as the Metrics object. Everything is thread-safe.
// Labels are for a handful of known values: never a host, a name or a path from outside.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <map>
#include <string>
#include <vector>

namespace posy {

using Counter = prometheus::Counter;
using Gauge = prometheus::Gauge;
using Histogram = prometheus::Histogram;

class Metrics {
 public:
  using Labels = std::map<std::string, std::string>;

  // Asking again for the same name and labels gives the same object.
  Counter& counter(std::string const& name, std::string const& help, Labels const& labels = {});
  Gauge& gauge(std::string const& name, std::string const& help, Labels const& labels = {});
  // `bounds` are the upper ends of the buckets, ascending.
  Histogram& histogram(std::string const& name, std::string const& help, std::vector<double> const& bounds,
                       Labels const& labels = {});
  // In seconds, from half a millisecond to ten seconds.
  Histogram& seconds(std::string const& name, std::string const& help, Labels const& labels = {});

  // The text format, version 0.0.4.
  std::string render() const;

 private:
  prometheus::Registry registry_{prometheus::Registry::InsertBehavior::Merge};
};

}  // namespace posy
