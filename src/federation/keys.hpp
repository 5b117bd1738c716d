// The keys with which this server signs: for its people and for itself. Making an RSA key takes a tenth of a
// second, so a job does it (jobs::MakeKeys) when a person joins, or when her keys are asked for and not there.
#pragma once

#include <memory>
#include <string>

#include "base/lru.hpp"
#include "crypto/keys.hpp"
#include "federation/uris.hpp"
#include "store/signing_key.hpp"

namespace posy::db {
class Database;
}

namespace posy::federation {

struct Signer {
  std::string rsa_id;      // "https://a.example/users/alice#main-key"
  std::string ed25519_id;  // "https://a.example/users/alice#ed25519-key"
  crypto::RsaPrivateKey rsa;
  crypto::Ed25519PrivateKey ed25519;
};

constexpr std::string_view rsa_fragment = "#main-key";
constexpr std::string_view ed25519_fragment = "#ed25519-key";

class Keys {
 public:
  Keys() : signers_(signers_max) {}

  // Null while the job has not made it yet. `actor` is the owner's id.
  std::shared_ptr<Signer const> find(db::Reader& r, std::int64_t owner, std::string const& actor);

 private:
  static constexpr std::size_t signers_max = 1000;
  Lru<Signer> signers_;
};

// Does nothing when the owner has keys. Slow: on a thread of its own.
void make_keys(db::Database& database, std::int64_t owner);

}  // namespace posy::federation
