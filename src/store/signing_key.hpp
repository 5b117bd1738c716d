// The keys that this server signs with: its people's (`owner` is the account) and its own.
#pragma once

#include <optional>
#include <string>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

struct SigningKey {
  std::int64_t owner = 0;      // server_owner, or the id of an account
  std::string rsa_private;     // PKCS#8, PEM
  std::string rsa_public;      // SPKI, PEM
  std::string ed25519_seed;    // base64
  std::string ed25519_public;  // multibase
  Time created_at;
};
BOOST_DESCRIBE_STRUCT(SigningKey, (), (owner, rsa_private, rsa_public, ed25519_seed, ed25519_public, created_at))

constexpr std::int64_t server_owner = 1;  // no account has so small an id

std::optional<SigningKey> find_signing_key(db::Reader& r, std::int64_t owner);
// The one that is kept: this, or the one that was there before it.
SigningKey keep_signing_key(db::Writer& w, SigningKey const& key);
void delete_signing_key(db::Writer& w, std::int64_t owner);

}  // namespace posy::store
