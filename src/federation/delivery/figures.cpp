#include "federation/delivery/figures.hpp"

namespace posy::federation {

using http::Failure;

std::optional<DeliveryClass> class_of(http::SendResult<http::Incoming> const& answer) {
  if (!answer) {
    switch (answer.error().failure) {
      case Failure::stopped: return {};
      case Failure::bad_url: return DeliveryClass::refused;
      case Failure::tls_failed: return DeliveryClass::tls;
      case Failure::timed_out: return DeliveryClass::timed_out;
      default: return DeliveryClass::unreachable;
    }
  }
  auto status = answer->status;
  if (status >= 200 && status < 300) return DeliveryClass::delivered;
  if (status == 410) return DeliveryClass::gone;
  if (status == 408 || status == 429 || status >= 500) return DeliveryClass::later;
  return DeliveryClass::refused;
}

DeliveryFigures::DeliveryFigures(Metrics& metrics)
    : seconds_(metrics.seconds("posy_delivery_seconds", "Time that other servers take to answer.")),
      waiting_(metrics.gauge("posy_delivery_waiting", "Deliveries that are neither done nor given up.")),
      hosts_(metrics.gauge("posy_delivery_hosts", "Servers with something to send to.")),
      resting_(metrics.gauge("posy_delivery_hosts_resting", "Of these, those that are left alone for a while.")),
      connections_(metrics.gauge("posy_delivery_connections", "Open connections to other servers.")),
      idle_(metrics.gauge("posy_delivery_connections_idle", "Of these, those that wait for their next use.")),
      exchanges_(metrics.gauge("posy_delivery_exchanges", "Requests to other servers under way.")) {
  for (auto const& [outcome, name] : delivery_class_names)
    outcomes_.at(static_cast<std::size_t>(outcome)) = &metrics.counter(
        "posy_delivery_attempts_total", "Tries to deliver, by what became of them.", {{"outcome", std::string(name)}});
}

void DeliveryFigures::observe(DeliveryClass outcome, double seconds) {
  outcomes_.at(static_cast<std::size_t>(outcome))->Increment();
  seconds_.Observe(seconds);
}

void DeliveryFigures::show(store::QueueDepth const& depth) {
  waiting_.Set(static_cast<double>(depth.deliveries));
  hosts_.Set(static_cast<double>(depth.hosts));
  resting_.Set(static_cast<double>(depth.resting));
}

void DeliveryFigures::show(http::ClientCounts const& sockets) {
  connections_.Set(static_cast<double>(sockets.connections));
  idle_.Set(static_cast<double>(sockets.idle));
  exchanges_.Set(static_cast<double>(sockets.exchanges));
}

void observe(DeliveryFigures* figures, http::SendResult<http::Incoming> const& answer, double seconds) {
  if (auto outcome = class_of(answer); figures && outcome) figures->observe(*outcome, seconds);
}

}  // namespace posy::federation
