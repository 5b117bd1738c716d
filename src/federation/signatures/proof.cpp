#include "federation/signatures/proof.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "crypto/base58.hpp"
#include "crypto/digest.hpp"
#include "json/canonical.hpp"

namespace posy::signatures {
namespace {

using boost::json::object;
using boost::json::value;

constexpr std::string_view proof_type = "DataIntegrityProof";
constexpr std::string_view cryptosuite = "eddsa-jcs-2022";
constexpr std::string_view purpose = "assertionMethod";
constexpr std::size_t method_bytes_max = 2048;
constexpr std::size_t contexts_max = 32;

Error refused(char const* why) {
  return {Refusal::unauthorized, why};
}

// The proof, be it alone or the only one of a list.
object const* find_proof(object const& document) {
  auto const* proof = document.if_contains("proof");
  if (!proof) return nullptr;
  if (auto const* list = proof->if_array(); list && list->size() == 1) proof = &list->front();
  return proof->if_object();
}

// Empty when it is no string.
std::string_view text_of(object const& from, std::string_view name) {
  auto const* member = from.if_contains(name);
  auto const* text = member ? member->if_string() : nullptr;
  return text ? std::string_view{text->data(), text->size()} : std::string_view{};
}

std::optional<std::string> signature_of(object const& proof) {
  auto signature = crypto::from_multibase(text_of(proof, "proofValue"));
  if (!signature || signature->size() != crypto::Ed25519PublicKey::signature_bytes) return {};
  return signature;
}

// The proof's contexts must be the first of the document's, in order (vc-di-eddsa, section 3.3.2).
bool begins_with(value const& document_context, value const& proof_context) {
  auto count = [](value const& context) { return context.is_array() ? context.get_array().size() : 1; };
  auto nth = [](value const& context, std::size_t i) -> value const& {
    return context.is_array() ? context.get_array()[i] : context;
  };
  std::size_t const length = count(proof_context);
  if (length > count(document_context) || length > contexts_max) return false;
  for (std::size_t i = 0; i < length; ++i)
    if (nth(document_context, i) != nth(proof_context, i)) return false;
  return true;
}

// What the key signs: 64 bytes.
Result<std::string> hashes(object const& config, object const& document) {
  auto canonical_config = json::canonical(config);
  if (!canonical_config) return canonical_config.error();
  auto canonical_document = json::canonical(document);
  if (!canonical_document) return canonical_document.error();
  return crypto::sha256(*canonical_config) + crypto::sha256(*canonical_document);
}

bool verifies(crypto::Ed25519PublicKey const& key, object const& config, object const& document,
              std::string_view signature) {
  auto message = hashes(config, document);
  return message && key.verify(*message, signature);
}

}  // namespace

bool has_proof(object const& document) {
  return document.contains("proof");
}

Result<ProofClaim> read_proof(object const& document, Time now) {
  auto const* proof = find_proof(document);
  if (!proof) return refused("The document does not have exactly one proof");
  if (text_of(*proof, "type") != proof_type || text_of(*proof, "cryptosuite") != cryptosuite)
    return refused("The kind of proof is not supported");
  if (text_of(*proof, "proofPurpose") != purpose) return refused("The proof is for another purpose");
  if (proof->contains("previousProof")) return refused("Chains of proofs are not supported");
  auto const method = text_of(*proof, "verificationMethod");
  if (method.empty() || method.size() > method_bytes_max) return refused("The proof names no usable key");
  if (!signature_of(*proof)) return refused("The value of the proof is malformed");

  ProofClaim claim{.verification_method = std::string{method}, .created = {}};
  if (proof->contains("created")) {
    claim.created = parse_rfc3339(text_of(*proof, "created"));
    if (!claim.created) return refused("A time of the proof is malformed");
  }
  if (proof->contains("expires")) {
    auto const expires = parse_rfc3339(text_of(*proof, "expires"));
    if (!expires) return refused("A time of the proof is malformed");
    if (*expires < now) return refused("The proof has expired");
  }
  return claim;
}

bool proof_holds(object const& document, crypto::Ed25519PublicKey const& key) {
  auto const* proof = find_proof(document);
  auto const signature = proof ? signature_of(*proof) : std::nullopt;
  if (!signature) return false;

  object config = *proof;
  config.erase("proofValue");
  object signed_document = document;
  signed_document.erase("proof");
  // It was added after the proof (FEP-8b32, section "Backward compatibility").
  signed_document.erase("signature");

  auto const* document_context = signed_document.if_contains("@context");
  if (auto const* context = config.if_contains("@context")) {
    if (!document_context || !begins_with(*document_context, *context)) return false;
    signed_document["@context"] = *context;
    return verifies(key, config, signed_document, *signature);
  }
  if (verifies(key, config, signed_document, *signature)) return true;
  // Fedify signs the context with the proof, as it should, but does not write it into the proof.
  if (!document_context) return false;
  config["@context"] = *document_context;
  return verifies(key, config, signed_document, *signature);
}

Result<> add_proof(object& document, std::string_view verification_method,
                   crypto::Ed25519PrivateKey const& key, Time now) {
  document.erase("proof");
  // Whole seconds: some verifiers write the time anew before they hash it, and drop zeros at its end.
  std::string const created = to_rfc3339(now).substr(0, 19) + "Z";
  object proof{{"type", proof_type},
               {"cryptosuite", cryptosuite},
               {"verificationMethod", verification_method},
               {"proofPurpose", purpose},
               {"created", created}};
  if (auto const* context = document.if_contains("@context")) proof["@context"] = *context;
  auto message = hashes(proof, document);
  if (!message) return message.error();
  proof["proofValue"] = crypto::to_multibase(key.sign(*message));
  document["proof"] = std::move(proof);
  return {};
}

}  // namespace posy::signatures
