#include "base/metrics.hpp"

#include <prometheus/text_serializer.h>

#include "base/assert.hpp"
#include "base/process_metrics.hpp"

namespace posy {
namespace {

template <class Builder>
auto& family(Builder builder, prometheus::Registry& registry, std::string const& name,
             std::string const& help) {
  POSY_ASSERT(name.starts_with("posy_"));
  return builder.Name(name).Help(help).Register(registry);
}

}  // namespace

Counter& Metrics::counter(std::string const& name, std::string const& help, Labels const& labels) {
  return family(prometheus::BuildCounter(), registry_, name, help).Add(labels);
}

Gauge& Metrics::gauge(std::string const& name, std::string const& help, Labels const& labels) {
  return family(prometheus::BuildGauge(), registry_, name, help).Add(labels);
}

Histogram& Metrics::histogram(std::string const& name, std::string const& help,
                              std::vector<double> const& bounds, Labels const& labels) {
  return family(prometheus::BuildHistogram(), registry_, name, help).Add(labels, bounds);
}

Histogram& Metrics::seconds(std::string const& name, std::string const& help, Labels const& labels) {
  static std::vector<double> const bounds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                          0.1,    0.25,  0.5,    1,     2.5,  5,     10};
  return histogram(name, help, bounds, labels);
}

std::string Metrics::render() const {
  auto families = registry_.Collect();
  for (auto& process : collect_process_metrics()) families.push_back(std::move(process));
  return prometheus::TextSerializer{}.Serialize(families);
}

}  // namespace posy
