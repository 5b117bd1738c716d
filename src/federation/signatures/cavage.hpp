// The old form, draft-cavage-http-signatures-12, as most of the fediverse speaks it:
//
//   Signature: keyId="https://a.example/actor#main-key",algorithm="rsa-sha256",
//              headers="(request-target) host date digest",signature="base64"
//
// What is signed is one line for each name in `headers`. "hs2019" hides the algorithm: by the draft it would
// be RSASSA-PSS with SHA-512, but everybody means PKCS #1 v1.5 with SHA-256, or Ed25519 for such a key.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "federation/signatures/claim.hpp"
#include "federation/signatures/message.hpp"

namespace posy::signatures {

struct CavageSignature {
  std::string key_id;
  std::string algorithm;             // empty when not given
  std::vector<std::string> covered;  // names in lower case; empty when not given
  std::string created, expires;      // as written, for they are signed so; empty when not given
  std::string signature;             // raw
};

// The value of a Signature header, or of Authorization without its "Signature ".
Result<CavageSignature> parse_cavage(std::string_view value);

// The string to sign (section 2.3); `target` stands for the message's own.
Result<std::string> cavage_base(Message const& message, CavageSignature const& signature,
                                std::string_view target);

// Covered must be (request-target), host, date or (created), and digest when there is content.
Result<Claim> read_cavage(Message const& message, std::string_view value, std::string_view body, Time now);

Fields sign_cavage(Message const& message, std::optional<std::string_view> body, std::string_view key_id,
                   crypto::RsaPrivateKey const& key, Time now);

}  // namespace posy::signatures
