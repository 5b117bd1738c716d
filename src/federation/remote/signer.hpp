// Who signed a request that came in.
#pragma once

#include "federation/context.hpp"
#include "federation/signatures/verify.hpp"
#include "http/request.hpp"

namespace posy::federation {

// As the sender must have addressed it: by our own name, whatever the request says.
signatures::Message message_of(Context const& context, http::Request const& request);

// Whose key made the signature. On any loop: a key that was used lately is in memory, one that is known is read here;
// only one that is not, or does not fit and may have been changed, is fetched, once for all who wait for it.
// Refused with unavailable when it cannot be fetched now.
Task<Result<KnownKey>> find_signer(Context& context, signatures::Claim claim);

// A key by its id, with its owner; likewise.
Task<Result<KnownKey>> find_key(Context& context, std::string key_id);

}  // namespace posy::federation
