// Who signed a request that came in.
#pragma once

#include "federation/context.hpp"
#include "federation/remote/actors.hpp"
#include "federation/signatures/verify.hpp"
#include "http/request.hpp"

namespace posy::federation {

// As the sender must have addressed it: by our own name, whatever the request says.
signatures::Message message_of(Context const& context, http::Request const& request);

// Whose key made the signature; the key is fetched again once when it does not fit, as it may have been changed.
// Runs on the loop of the client, another one than that of the request, and so owns what it looks at.
Task<Result<KnownKey>> find_signer(Context& context, signatures::Claim claim);

}  // namespace posy::federation
