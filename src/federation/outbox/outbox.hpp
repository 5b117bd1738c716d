// What people here do, as activities for those elsewhere whom it concerns: worked off from the queue of jobs, made
// once, and kept with a row for each inbox (store/outgoing.hpp).
#pragma once

#include "federation/outbox/documents.hpp"
#include "jobs/kinds.hpp"

namespace posy::federation {

// Does nothing when what it was about is gone meanwhile.
void send_out(db::Writer& w, social::Site const& site, jobs::Send const& job);

}  // namespace posy::federation
