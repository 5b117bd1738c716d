// What comes in: kept when it is believed (keeper.hpp), and worked off afterwards (workshop.hpp).
#pragma once

#include "federation/context.hpp"
#include "federation/inbox/seen.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

namespace posy::federation {

// POST /inbox and /users/:name/inbox. 202 once the activity is on disk; 401 when the signature does not hold; 503
// with Retry-After when too much waits or the key cannot be fetched now, 429 when too much of that one server does.
Task<http::Response> accept_activity(Context& context, Seen& seen, http::Request const& request,
                                     std::function<void()> wake);

}  // namespace posy::federation
