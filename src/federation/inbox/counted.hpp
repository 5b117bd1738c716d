// The door of the inbox, with its figures.
#pragma once

#include "federation/inbox/inbox.hpp"

namespace posy::federation {

// accept_activity(), counted by what it answered.
Task<http::Response> accept_and_count(Context& context, Seen& seen, http::Request const& request,
                                      std::function<void()> wake);

}  // namespace posy::federation
