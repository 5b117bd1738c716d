// Brings what is in the queue to the other servers: in order for each host, many hosts at a time; tried again for a
// week; a host that does not answer is left alone for longer and longer.
#pragma once

#include "federation/context.hpp"
#include "federation/pump.hpp"
#include "store/outgoing.hpp"

namespace posy::federation {

std::shared_ptr<Pump<store::Peer>> make_delivery(Context& context);

// When to try again after so many attempts (the first is 1), before jitter. Nothing: give up.
std::optional<Milliseconds> delay_after(int attempts, Milliseconds age);

}  // namespace posy::federation
