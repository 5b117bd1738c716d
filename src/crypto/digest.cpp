#include "crypto/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include "base/assert.hpp"
#include "base/encoding.hpp"

namespace posy::crypto {
namespace {

unsigned char const* bytes_of(std::string_view text) {
  return reinterpret_cast<unsigned char const*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace

std::string sha256(std::string_view bytes) {
  std::string out(SHA256_DIGEST_LENGTH, '\0');
  SHA256(bytes_of(bytes), bytes.size(), bytes_of(out));
  return out;
}

std::string sha256_hex(std::string_view bytes) {
  return to_hex(sha256(bytes));
}

std::string sha512(std::string_view bytes) {
  std::string out(SHA512_DIGEST_LENGTH, '\0');
  SHA512(bytes_of(bytes), bytes.size(), bytes_of(out));
  return out;
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  std::string out(SHA256_DIGEST_LENGTH, '\0');
  unsigned length = 0;
  // OpenSSL takes a null key for "the one before".
  char const* key_bytes = key.data() ? key.data() : "";
  auto const* done = HMAC(EVP_sha256(), key_bytes, static_cast<int>(key.size()), bytes_of(bytes),
                          bytes.size(), bytes_of(out), &length);
  POSY_ASSERT(done && length == out.size());
  return out;
}

bool constant_time_equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace posy::crypto
