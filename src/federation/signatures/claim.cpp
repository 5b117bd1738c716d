#include "federation/signatures/claim.hpp"

#include <algorithm>

#include "crypto/digest.hpp"

namespace posy::signatures {
namespace {

Error refused(char const* why) {
  return {Refusal::unauthorized, why};
}

template <class Key>
bool verifies(Claim const& claim, Key const& key) {
  return key.verify(claim.base, claim.signature) ||
         (!claim.other_base.empty() && key.verify(claim.other_base, claim.signature));
}

}  // namespace

bool holds(Claim const& claim, crypto::PublicKey const& key) {
  if (auto const* rsa = std::get_if<crypto::RsaPublicKey>(&key))
    return claim.algorithm != Algorithm::ed25519 && verifies(claim, *rsa);
  return claim.algorithm != Algorithm::rsa_v1_5_sha256 &&
         verifies(claim, std::get<crypto::Ed25519PublicKey>(key));
}

Result<> settle(Claim& claim, Time now) {
  if (claim.key_id.empty() || claim.key_id.size() > key_id_bytes_max)
    return refused("The signature names no usable key");
  if (claim.signature.empty() || claim.signature.size() > signature_bytes_max)
    return refused("The signature has an impossible length");
  if (claim.created < now - clock_window) return refused("The signature is too old");
  if (claim.created > now + clock_window) return refused("The signature is from the future");
  if (claim.expires && *claim.expires < now) return refused("The signature has expired");
  claim.replay_key = crypto::sha256_hex(claim.signature);
  claim.replayable_until = claim.created + clock_window;
  if (claim.expires) claim.replayable_until = std::min(claim.replayable_until, *claim.expires);
  return {};
}

}  // namespace posy::signatures
