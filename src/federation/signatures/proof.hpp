// Object integrity proofs (FEP-8b32, cryptosuite eddsa-jcs-2022 of W3C's vc-di-eddsa): a document that
// carries its author's signature, and so can be believed whoever delivers it.
//
// Signed are two hashes in a row: of the proof without its proofValue, and of the document without the proof.
// A proof says that the holder of a key wrote the document. That the key is the author's is for the caller:
// the verification method must belong to the actor that the document names.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/time.hpp"
#include "crypto/keys.hpp"

namespace posy::signatures {

struct ProofClaim {
  std::string verification_method;  // the id of a key, "https://a.example/actor#ed25519-key"
  std::optional<Time> created;
};

bool has_proof(boost::json::object const& document);

// Who a document says signed it, and when. Refuses with unauthorized proofs that we cannot judge: other
// cryptosuites and purposes, more than one proof, chains, and those that have expired.
Result<ProofClaim> read_proof(boost::json::object const& document, Time now);

// Whether the key signed the document as it is. `read_proof` must have taken it. A member "signature" (the
// older Linked Data signatures) is not covered and must not be believed.
bool proof_holds(boost::json::object const& document, crypto::Ed25519PublicKey const& key);

// Signs the document, replacing an earlier proof. Nothing in it may change afterwards; its @context should
// have the terms of "https://w3id.org/security/data-integrity/v2". Fails only for what has no canonical form.
Result<> add_proof(boost::json::object& document, std::string_view verification_method,
                   crypto::Ed25519PrivateKey const& key, Time now);

}  // namespace posy::signatures
