// Who asks for a document: signed requests for what not everybody may read.
#pragma once

#include "federation/context.hpp"
#include "http/request.hpp"

namespace posy::federation {

// The id of the actor whose key signed the request, of another server. Refused with unauthorized when it is not
// signed or the signature does not hold, with unavailable when the key cannot be fetched now, and as the other server
// says when it has no such actor any more.
Task<Result<std::string>> asking_actor(Context& context, http::Request const& request);

}  // namespace posy::federation
