// In which order one server gets what waits for it. Pure: tested in lineup_test.cpp.
//
// All that one person sends to many arrives in order at an inbox, and so does all that tells of the same post. What is
// for a few goes before and beside that: a thousand thank-yous to one server wait neither for each other nor for a
// fan-out. Her other small acts (a follow, a favourite and their undoing) keep their own order, and what she sends to
// many afterwards stays behind them: who was accepted as a follower hears that before the first post.
#pragma once

#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include "store/outgoing.hpp"

namespace posy::federation {

struct Order {
  std::vector<std::string> waits_for;  // while any of these is under way or stands before it
  std::vector<std::string> holds;
};
Order order_of(store::Delivery const& delivery, store::Outgoing const& outgoing);

// What is loaded of a queue, in the order in which it is looked at: what is urgent first. `urgent` is the beginning of
// that, in order, of at most `urgent_max`, `in_order` the beginning of all.
std::vector<store::Delivery> line_up(std::vector<store::Delivery> urgent, std::vector<store::Delivery> in_order,
                                     std::size_t urgent_max);

// The first that need not wait for one that is under way, nor for one before it that must wait itself.
template <class Items>
auto find_free(Items& waiting, std::unordered_set<std::string> passed) {
  return std::ranges::find_if(waiting, [&](auto const& item) {
    bool const is_free =
        std::ranges::none_of(item.order.waits_for, [&](auto const& key) { return passed.contains(key); });
    passed.insert(item.order.holds.begin(), item.order.holds.end());
    return is_free;
  });
}

}  // namespace posy::federation
