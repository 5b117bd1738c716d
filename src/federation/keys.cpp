#include "federation/keys.hpp"

#include "db/database.hpp"

namespace posy::federation {

std::shared_ptr<Signer const> Keys::find(db::Reader& r, std::int64_t owner, std::string const& actor) {
  if (auto known = signers_.find(owner)) return known;
  auto row = store::find_signing_key(r, owner);
  if (!row) return nullptr;
  auto signer = std::make_shared<Signer const>(Signer{
      .rsa_id = actor + std::string(rsa_fragment),
      .ed25519_id = actor + std::string(ed25519_fragment),
      .rsa = crypto::RsaPrivateKey::from_pem(row->rsa_private).value(),
      .ed25519 = crypto::Ed25519PrivateKey::from_seed(row->ed25519_seed).value(),
  });
  signers_.put(owner, signer, r.epoch());
  return signer;
}

void make_keys(db::Database& database, std::int64_t owner) {
  auto has = [&](db::Reader& r) { return store::find_signing_key(r, owner).has_value(); };
  if (database.read_now(has)) return;
  auto rsa = crypto::RsaPrivateKey::generate();
  auto ed25519 = crypto::Ed25519PrivateKey::generate();
  store::SigningKey key{
      .owner = owner,
      .rsa_private = rsa.to_pem(),
      .rsa_public = rsa.public_key().to_pem(),
      .ed25519_seed = ed25519.seed(),
      .ed25519_public = ed25519.public_key().to_multikey(),
  };
  auto keep = [&](db::Writer& w) {
    key.created_at = w.now();
    store::keep_signing_key(w, key);
  };
  database.write_now(keep);
}

}  // namespace posy::federation
