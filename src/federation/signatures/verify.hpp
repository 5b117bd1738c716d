// The way in: finds which kind of signature a request carries and checks all that needs no key: that it
// covers what it must, that digests fit the body, that it is of now. Then the caller finds the key of
// `key_id` and asks `holds` (claim.hpp):
//
//   auto claim = read_claim(message, body, clock.now());
//   if (!claim) return claim.error();                  // 401, says what is wrong
//   crypto::PublicKey key = ...;                       // of claim->key_id, and of the actor's own origin
//   if (!holds(*claim, key)) ...                       // fetch the key anew once, then 401
#pragma once

#include <string_view>

#include "federation/signatures/claim.hpp"
#include "federation/signatures/message.hpp"

namespace posy::signatures {

// Whether there is any signature to read; unsigned requests may be good enough for public things.
bool is_signed(Message const& message);

// Refuses with unauthorized, whatever is wrong: senders that know both forms then try the other one.
Result<Claim> read_claim(Message const& message, std::string_view body, Time now);

}  // namespace posy::signatures
