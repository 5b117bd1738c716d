// Figures about what goes out, for whoever runs the server. Counting is lock-free but for the histogram, whose lock
// is held for some tens of nanoseconds.
#pragma once

#include <array>
#include <string_view>

#include "base/metrics.hpp"
#include "http/client.hpp"
#include "store/delivery_progress.hpp"

namespace posy::federation {

enum class DeliveryClass {
  delivered,
  later,        // it has no time or an error of its own
  refused,      // it does not want it
  gone,         // nobody is there any more
  unreachable,  // no name, no connection, no whole answer
  timed_out,
  tls,  // not securely
};

constexpr EnumName<DeliveryClass> delivery_class_names[] = {
    {DeliveryClass::delivered, "delivered"},     {DeliveryClass::later, "later"},
    {DeliveryClass::refused, "refused"},         {DeliveryClass::gone, "gone"},
    {DeliveryClass::unreachable, "unreachable"}, {DeliveryClass::timed_out, "timed_out"},
    {DeliveryClass::tls, "tls"}};

// Nothing when we stopped ourselves, which says nothing of the other server.
std::optional<DeliveryClass> class_of(http::SendResult<http::Incoming> const& answer);

class DeliveryFigures {
 public:
  explicit DeliveryFigures(Metrics& metrics);

  // Of each answer to a delivery, or its absence, and the time from the first byte of the try. From any thread.
  void observe(DeliveryClass outcome, double seconds);
  // What is only looked at when somebody asks.
  void show(store::QueueDepth const& depth);
  void show(http::ClientCounts const& sockets);

 private:
  std::array<Counter*, std::size(delivery_class_names)> outcomes_{};
  Histogram& seconds_;
  Gauge& waiting_;
  Gauge& hosts_;
  Gauge& resting_;
  Gauge& connections_;
  Gauge& idle_;
  Gauge& exchanges_;
};

// For the engine, which has the answer at hand. `figures` may be null.
void observe(DeliveryFigures* figures, http::SendResult<http::Incoming> const& answer, double seconds);

}  // namespace posy::federation
