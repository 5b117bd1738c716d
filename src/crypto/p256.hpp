// Keys on the curve P-256 (FIPS 186-4, D.1.2.3), with which Web Push signs (ES256, RFC 7518, section 3.4) and agrees
// on secrets (ECDH).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct evp_pkey_st;  // OpenSSL's

namespace posy::crypto {

constexpr std::size_t p256_point_bytes = 65;   // uncompressed: 4, x, y (SEC 1, section 2.3.3)
constexpr std::size_t p256_scalar_bytes = 32;

// A point of the curve, written so; nothing else may be agreed with.
bool is_p256_point(std::string_view bytes);

class P256PrivateKey {
 public:
  static P256PrivateKey generate();
  // Nothing where the point is not that of the scalar.
  static std::optional<P256PrivateKey> from_raw(std::string_view scalar, std::string_view point);

  std::string scalar() const;
  std::string point() const;  // the public key
  std::string sign(std::string_view message) const;  // 64 bytes, r and s, with SHA-256
  // The x of the common point, 32 bytes; nothing where `point` is none of the curve.
  std::optional<std::string> agree(std::string_view point) const;

 private:
  explicit P256PrivateKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace posy::crypto
