// Aliases and moves of people here, for which other servers must be asked first (social::ask_to_move).
#pragma once

#include "federation/context.hpp"

namespace posy::federation {

// Takes the request up on the loop of the client and returns at once. Called again for a request that is not over,
// after a process that died, it begins anew.
void start_move_request(Context& context, RowId request);

}  // namespace posy::federation
