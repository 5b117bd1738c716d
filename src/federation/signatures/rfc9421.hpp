// The new form, HTTP Message Signatures (RFC 9421):
//
//   Signature-Input: sig1=("@method" "@target-uri" "content-digest");created=1700000000;keyid="..."
//   Signature: sig1=:base64:
//
// What is signed is one line for each component, and at last the list of components with its parameters, so
// that these are signed too. Components with parameters of their own (";sf", ";req", ...) are refused.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "federation/signatures/claim.hpp"
#include "federation/signatures/message.hpp"

namespace posy::signatures {

// The signature base (section 2.5). `parameters` is the whole value of "@signature-params".
Result<std::string> rfc9421_base(Message const& message, std::span<std::string const> components,
                                 std::string_view parameters);

// Covered must be @method; @target-uri, or @authority with either @path and the @query that there is or
// @request-target; and content-digest when there is content. Needed are the parameters created and keyid. Of
// several signatures the first that has all this is taken.
Result<Claim> read_rfc9421(Message const& message, std::string_view body, Time now);

Fields sign_rfc9421(Message const& message, std::optional<std::string_view> body, std::string_view key_id,
                    crypto::RsaPrivateKey const& key, Time now);

}  // namespace posy::signatures
