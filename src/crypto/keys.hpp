// The keys with which servers speak for people: RSA with PKCS #1 v1.5 and SHA-256 (RFC 8017, section 8.2) for
// HTTP signatures, Ed25519 (RFC 8032) for object proofs and for the newer HTTP signatures.
//
// Every object here can be copied, moved, shared and used from many threads at once; copies of an RSA key
// share it. Signing with RSA-2048 takes a quarter of a millisecond and making such a key a tenth of a second
// or more: do both on a worker pool.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "base/error.hpp"

struct evp_pkey_st;  // OpenSSL's

namespace posy::crypto {

constexpr int rsa_bits = 2048;  // of the keys that we make
constexpr int rsa_bits_min = 2048, rsa_bits_max = 8192;

class RsaPublicKey {
 public:
  // "BEGIN PUBLIC KEY" (SubjectPublicKeyInfo) and "BEGIN RSA PUBLIC KEY" (PKCS #1). Refuses with
  // unprocessable: what is no PEM, other algorithms, fewer or more bits than above, absurd exponents.
  static Result<RsaPublicKey> from_pem(std::string_view pem);
  std::string to_pem() const;  // "BEGIN PUBLIC KEY"

  bool verify(std::string_view message, std::string_view signature) const;

 private:
  friend class RsaPrivateKey;
  explicit RsaPublicKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
  std::shared_ptr<evp_pkey_st> key_;
};

class RsaPrivateKey {
 public:
  static RsaPrivateKey generate();
  // PKCS #8, and PKCS #1 as other servers keep it; never with a password.
  static Result<RsaPrivateKey> from_pem(std::string_view pem);
  std::string to_pem() const;  // PKCS #8, "BEGIN PRIVATE KEY"

  RsaPublicKey public_key() const { return RsaPublicKey{key_}; }
  std::string sign(std::string_view message) const;

 private:
  explicit RsaPrivateKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
  std::shared_ptr<evp_pkey_st> key_;
};

class Ed25519PublicKey {
 public:
  static constexpr std::size_t bytes = 32, signature_bytes = 64;

  static Result<Ed25519PublicKey> from_raw(std::string_view raw);
  // A Multikey's publicKeyMultibase: "z6Mk...", base58btc of 0xed 0x01 and the key.
  static Result<Ed25519PublicKey> from_multikey(std::string_view text);
  std::string to_multikey() const;
  std::string raw() const { return {raw_.begin(), raw_.end()}; }

  bool verify(std::string_view message, std::string_view signature) const;
  bool operator==(Ed25519PublicKey const&) const = default;

 private:
  friend class Ed25519PrivateKey;
  Ed25519PublicKey() = default;
  std::array<char, bytes> raw_{};
};

class Ed25519PrivateKey {
 public:
  static constexpr std::size_t seed_bytes = 32;

  static Ed25519PrivateKey generate();
  // The seed of RFC 8032 as base64, as it is kept in the database.
  static Result<Ed25519PrivateKey> from_seed(std::string_view base64);
  std::string seed() const;

  Ed25519PublicKey public_key() const;
  std::string sign(std::string_view message) const;  // 64 bytes

 private:
  Ed25519PrivateKey() = default;
  std::array<unsigned char, 64> secret_{};  // the seed and the public key, as libsodium wants them
};

using PublicKey = std::variant<RsaPublicKey, Ed25519PublicKey>;

}  // namespace posy::crypto
