#include "federation/delivery/lineup.hpp"

#include <fmt/format.h>

namespace posy::federation {

Order order_of(store::Delivery const& delivery, store::Outgoing const& outgoing) {
  Order out;
  auto const small = fmt::format("small {} {}", outgoing.sender, delivery.inbox);
  if (outgoing.post) out.holds.push_back(fmt::format("post {} {}", outgoing.post.value, delivery.inbox));
  if (!delivery.is_urgent) out.holds.push_back(fmt::format("sender {} {}", outgoing.sender, delivery.inbox));
  else if (!outgoing.post) out.holds.push_back(small);
  out.waits_for = out.holds;
  if (!delivery.is_urgent) out.waits_for.push_back(small);
  return out;
}

std::vector<store::Delivery> line_up(std::vector<store::Delivery> urgent, std::vector<store::Delivery> in_order,
                                     std::size_t urgent_max) {
  auto place = [](store::Delivery const& d) { return std::tie(d.outgoing, d.inbox); };
  std::vector<store::Delivery> out = std::move(urgent);
  auto const count = out.size();
  for (auto& delivery : in_order) {
    // More that is urgent may stand before it, and is not loaded.
    if (count >= urgent_max && place(delivery) > place(out[count - 1])) break;
    auto const end = out.begin() + static_cast<std::ptrdiff_t>(count);
    bool const is_there =
        std::any_of(out.begin(), end, [&](auto const& other) { return place(other) == place(delivery); });
    if (!is_there) out.push_back(std::move(delivery));
  }
  return out;
}

}  // namespace posy::federation
