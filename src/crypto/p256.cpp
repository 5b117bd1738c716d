#include "crypto/p256.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <cstdint>

#include "base/assert.hpp"

namespace posy::crypto {
namespace {

template <auto free>
struct Freeing {
  template <class T>
  void operator()(T* pointer) const {
    free(pointer);
  }
};
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freeing<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freeing<EVP_MD_CTX_free>>;
using Bignum = std::unique_ptr<BIGNUM, Freeing<BN_clear_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freeing<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freeing<OSSL_PARAM_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freeing<ECDSA_SIG_free>>;

constexpr char const* curve = "P-256";

// OpenSSL keeps errors for each thread, and TLS on the same thread would take ours for its own.
struct ForgetErrors {
  ~ForgetErrors() { ERR_clear_error(); }
};

unsigned char const* bytes_of(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::shared_ptr<EVP_PKEY> make_key(std::string_view point, std::string_view scalar) {
  Builder builder(OSSL_PARAM_BLD_new());
  Bignum number(scalar.empty() ? nullptr : BN_bin2bn(bytes_of(scalar), static_cast<int>(scalar.size()), nullptr));
  bool good = builder && OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve, 0) == 1 &&
              OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1;
  if (number) good = good && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number.get()) == 1;
  Parameters parameters(good ? OSSL_PARAM_BLD_to_param(builder.get()) : nullptr);
  KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* key = nullptr;
  int const selection = number ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, selection, parameters.get()) != 1)
    return nullptr;
  return {key, EVP_PKEY_free};
}

std::shared_ptr<EVP_PKEY> public_key(std::string_view point) {
  if (point.size() != p256_point_bytes || point[0] != '\x04') return nullptr;
  return make_key(point, {});
}

bool fits_together(EVP_PKEY* key) {
  KeyContext context(EVP_PKEY_CTX_new(key, nullptr));
  return context && EVP_PKEY_pairwise_check(context.get()) == 1;
}

}  // namespace

bool is_p256_point(std::string_view bytes) {
  ForgetErrors forget;
  return public_key(bytes) != nullptr;
}

P256PrivateKey P256PrivateKey::generate() {
  EVP_PKEY* key = EVP_EC_gen(curve);
  POSY_ASSERT(key);
  return P256PrivateKey({key, EVP_PKEY_free});
}

std::optional<P256PrivateKey> P256PrivateKey::from_raw(std::string_view scalar, std::string_view point) {
  ForgetErrors forget;
  if (scalar.size() != p256_scalar_bytes || point.size() != p256_point_bytes || point[0] != '\x04') return {};
  auto key = make_key(point, scalar);
  if (!key || !fits_together(key.get())) return {};
  return P256PrivateKey(std::move(key));
}

std::string P256PrivateKey::scalar() const {
  BIGNUM* number = nullptr;
  int const found = EVP_PKEY_get_bn_param(key_.get(), OSSL_PKEY_PARAM_PRIV_KEY, &number);
  Bignum owned(number);
  std::string out(p256_scalar_bytes, '\0');
  int const written = found == 1 ? BN_bn2binpad(number, bytes_of(out), static_cast<int>(out.size())) : -1;
  POSY_ASSERT(written == static_cast<int>(p256_scalar_bytes));
  return out;
}

std::string P256PrivateKey::point() const {
  std::string out(p256_point_bytes, '\0');
  std::size_t length = 0;
  int const found = EVP_PKEY_get_octet_string_param(key_.get(), OSSL_PKEY_PARAM_PUB_KEY, bytes_of(out), out.size(), &length);
  POSY_ASSERT(found == 1 && length == p256_point_bytes);
  return out;
}

std::string P256PrivateKey::sign(std::string_view message) const {
  DigestContext context(EVP_MD_CTX_new());
  std::size_t length = 0;
  bool good = context && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
              EVP_DigestSign(context.get(), nullptr, &length, bytes_of(message), message.size()) == 1;
  std::string der(length, '\0');
  good = good && EVP_DigestSign(context.get(), bytes_of(der), &length, bytes_of(message), message.size()) == 1;
  POSY_ASSERT(good);
  unsigned char const* at = bytes_of(std::string_view(der));
  Signature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(length)));
  POSY_ASSERT(signature);
  constexpr int half = p256_scalar_bytes;
  std::string out(2 * p256_scalar_bytes, '\0');
  int const written = BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytes_of(out), half) +
                      BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytes_of(out) + half, half);
  POSY_ASSERT(written == 2 * half);
  return out;
}

std::optional<std::string> P256PrivateKey::agree(std::string_view point) const {
  ForgetErrors forget;
  auto theirs = public_key(point);
  if (!theirs) return {};
  KeyContext context(EVP_PKEY_CTX_new(key_.get(), nullptr));
  std::string out(p256_scalar_bytes, '\0');
  std::size_t length = out.size();
  if (!context || EVP_PKEY_derive_init(context.get()) != 1 ||
      EVP_PKEY_derive_set_peer(context.get(), theirs.get()) != 1 ||
      EVP_PKEY_derive(context.get(), bytes_of(out), &length) != 1 || length != p256_scalar_bytes)
    return {};
  return out;
}

}  // namespace posy::crypto
