// What people here do, as activities for those elsewhere whom it concerns: worked off from the queue of jobs, made
// once, and kept with a row for each inbox (store/outgoing.hpp).
#pragma once

#include "federation/context.hpp"
#include "federation/outbox/documents.hpp"
#include "jobs/kinds.hpp"
#include "store/outgoing.hpp"

namespace posy::federation {

// Does nothing when what it was about is gone meanwhile.
void send_out(db::Writer& w, Context& context, jobs::Send const& job);

// Puts an activity on its way, with a proof of its sender (FEP-8b32): an account, or store::server_owner. `post`: that
// it tells of. Call context.wake_delivery() after the commit.
void send_activity(db::Writer& w, Context& context, std::int64_t sender, Activity const& activity,
                   store::Recipients const& recipients, PostId post);
// The same, to one person.
void send_answer(db::Writer& w, Context& context, AccountId sender, Activity const& activity, AccountId whom);

}  // namespace posy::federation
