#include "store/signing_key.hpp"

namespace posy::store {

std::optional<SigningKey> find_signing_key(db::Reader& r, std::int64_t owner) {
  return r.find<SigningKey>("select :row from signing_key where owner = $1", owner);
}

SigningKey keep_signing_key(db::Writer& w, SigningKey const& key) {
  if (w.insert_new("signing_key", key)) return key;
  return *find_signing_key(w, key.owner);
}

void delete_signing_key(db::Writer& w, std::int64_t owner) {
  w.run("delete from signing_key where owner = $1", owner);
}

}  // namespace posy::store
