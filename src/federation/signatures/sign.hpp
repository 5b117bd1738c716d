// The way out: the header fields that sign a request.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.hpp"
#include "crypto/keys.hpp"
#include "federation/signatures/claim.hpp"
#include "federation/signatures/message.hpp"

namespace posy::signatures {

// The fields to send beside those of the message: Date, Digest and Signature in the old form; Content-Digest,
// Signature-Input and Signature in the new one. The message needs no headers, but for `followers_digest` where it is
// sent, which is signed too; send Host as its authority.
// Without a body (GET) there is no digest.
Fields sign(Form form, Message const& message, std::optional<std::string_view> body, std::string_view key_id,
            crypto::RsaPrivateKey const& key, Time now);

}  // namespace posy::signatures
