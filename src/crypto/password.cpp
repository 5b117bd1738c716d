#include "crypto/password.hpp"

#include <sodium.h>

#include <new>

#include "base/assert.hpp"

namespace posy::crypto {
namespace {

// OWASP's recommendation for Argon2id: 19 MiB, two passes. Several at once fit into a small server.
constexpr std::size_t memory_bytes = 19 * 1024 * 1024;
constexpr unsigned long long passes = 2;

void initialise() {
  static int const state = sodium_init();
  POSY_ASSERT(state >= 0);
}

}  // namespace

std::string hash_password(std::string_view password) {
  initialise();
  POSY_ASSERT(password.size() <= password_bytes_max);
  char hash[crypto_pwhash_STRBYTES];
  // It fails for want of memory only.
  if (crypto_pwhash_str_alg(hash, password.data(), password.size(), passes, memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw std::bad_alloc{};
  return hash;
}

bool verify_password(std::string_view password, std::string const& stored) {
  initialise();
  if (password.size() > password_bytes_max || !stored.starts_with(crypto_pwhash_argon2id_STRPREFIX))
    return false;
  return crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0;
}

bool needs_rehash(std::string const& stored) {
  initialise();
  return crypto_pwhash_str_needs_rehash(stored.c_str(), passes, memory_bytes) != 0;
}

void verify_nothing(std::string_view password) {
  static std::string const nobody = hash_password("");
  // Of use is only the time that it takes; an empty password is no sign-in either.
  static_cast<void>(verify_password(password, nobody));
}

}  // namespace posy::crypto
