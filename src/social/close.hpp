// Closing an account of this server, for ever. From that moment nobody signs in to it and nobody sees it; what it held
// goes some at a time (jobs::CloseAccount), and every server that is known hears of it (Act::close).
#pragma once

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::social {

// So long the keys stay that the Delete is signed with: deliveries are given up before.
constexpr std::chrono::days closed_keys_kept{14};

// not_found for whom is not of this server, conflict when the account was closed before.
void close_account(db::Writer& w, AccountId who);
// Some of what is left of it: true while there is more. Call until it is done, a unit of work each.
bool close_some(db::Writer& w, AccountId who);

}  // namespace posy::social
