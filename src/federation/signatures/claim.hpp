// What a signed request says of itself, read and checked as far as that goes without a key.
#pragma once

#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/time.hpp"
#include "crypto/keys.hpp"

namespace posy::signatures {

// Servers' clocks are wrong, and queues are slow. Mastodon takes an hour and five minutes of age and an hour
// of future, Fedify an hour each way.
constexpr Milliseconds clock_window = std::chrono::hours{1};

constexpr std::size_t key_id_bytes_max = 2048;
constexpr std::size_t signature_bytes_max = crypto::rsa_bits_max / 8;

enum class Form { cavage, rfc9421 };
enum class Algorithm { by_key, rsa_v1_5_sha256, ed25519 };

struct Claim {
  Form form{};
  std::string key_id;  // as sent; where to look for the key, not yet a fact about the sender
  Algorithm algorithm = Algorithm::by_key;
  Time created;
  std::optional<Time> expires;

  std::string base;        // the bytes that were signed
  std::string other_base;  // how some senders read the same request; mostly empty
  std::string signature;   // raw

  // The same for the same signature, however it was written down. Who takes a request only once keeps this
  // until `replayable_until`, after which the clock window refuses it anyway; to be kept only once the claim
  // holds, else strangers could fill the memory.
  std::string replay_key;
  Time replayable_until;
};

// Whether the key made this signature. False as well when the claim names another kind of algorithm.
bool holds(Claim const& claim, crypto::PublicKey const& key);

// The times of a claim against the clock, and what follows from its signature: fills replay_key and
// replayable_until, or refuses with unauthorized.
Result<> settle(Claim& claim, Time now);

}  // namespace posy::signatures
