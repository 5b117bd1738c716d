// An activity that was believed, done: what it is missing is gathered first, then one transaction with the same verb
// that people here use.
#pragma once

#include "federation/context.hpp"
#include "federation/vocabulary/activity.hpp"

namespace posy::federation {

// What became of it, for the record: "done", or why it was passed over. Throws Refused: unavailable may be tried
// again, everything else is final.
Task<std::string> act_on(Context& context, boost::json::object document);

}  // namespace posy::federation
