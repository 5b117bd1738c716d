// Lets other servers hear what a person of this server did: once the act is committed, `federation` tells those
// whom it concerns (jobs::Send). Nothing happens for acts of people elsewhere: their own servers tell.
#pragma once

#include "jobs/kinds.hpp"
#include "store/account.hpp"

namespace posy::social {

using jobs::Act;

void send(db::Writer& w, store::Account const& who, Act act, std::int64_t a = 0, std::int64_t b = 0);
void send(db::Writer& w, AccountId who, Act act, std::int64_t a = 0, std::int64_t b = 0);
// The same for what concerns one person only: nothing is to be told when she is of this server.
void send_to(db::Writer& w, AccountId who, AccountId concerned, Act act, std::int64_t a, std::int64_t b = 0);

}  // namespace posy::social
