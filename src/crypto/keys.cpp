#include "crypto/keys.hpp"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <sodium.h>

#include <algorithm>
#include <new>

#include "base/assert.hpp"
#include "base/encoding.hpp"
#include "crypto/base58.hpp"

namespace posy::crypto {
namespace {

// 8192 bits take 1.5 KB as a public key and 6.5 KB as a private one.
constexpr std::size_t public_pem_bytes_max = 4096, private_pem_bytes_max = 16 * 1024;
// Verifying takes time by the exponent; 65537 has 17 bits, and nobody uses more than 32.
constexpr int exponent_bits_max = 64;

constexpr std::string_view ed25519_multicodec{"\xed\x01", 2};

template <auto free>
struct Freeing {
  template <class T>
  void operator()(T* pointer) const {
    free(pointer);
  }
};
using Bio = std::unique_ptr<BIO, Freeing<BIO_free>>;
using Context = std::unique_ptr<EVP_MD_CTX, Freeing<EVP_MD_CTX_free>>;

std::shared_ptr<EVP_PKEY> owned(EVP_PKEY* key) {
  return {key, EVP_PKEY_free};
}

// OpenSSL keeps errors for each thread, and TLS on the same thread would take ours for its own.
struct ForgetErrors {
  ~ForgetErrors() { ERR_clear_error(); }
};

unsigned char const* bytes_of(std::string_view text) {
  return reinterpret_cast<unsigned char const*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

std::string text_of(Bio const& bio) {
  char* data = nullptr;
  long const length = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(length)};
}

constexpr std::string_view white_space = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(white_space);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

// The bytes between "-----BEGIN label-----" and its end. Read by hand, for strangers' PEM comes with its
// lines broken in every way, and OpenSSL's own decoders try far more than the two forms that we take.
std::optional<std::string> from_pem_block(std::string_view pem, std::string_view label) {
  std::string const begin = "-----BEGIN " + std::string{label} + "-----";
  std::string const end = "-----END " + std::string{label} + "-----";
  pem = trimmed(pem);
  if (!pem.starts_with(begin) || !pem.ends_with(end) || pem.size() < begin.size() + end.size()) return {};
  pem.remove_prefix(begin.size());
  pem.remove_suffix(end.size());
  std::string base64{pem};
  std::erase_if(base64, [](char c) { return white_space.find(c) != white_space.npos; });
  return from_base64(base64);
}

EVP_PKEY* decode_public(std::string_view pem) {
  if (auto der = from_pem_block(pem, "PUBLIC KEY")) {
    unsigned char const* at = bytes_of(*der);
    auto* key = d2i_PUBKEY(nullptr, &at, static_cast<long>(der->size()));
    if (at == bytes_of(*der) + der->size()) return key;
    EVP_PKEY_free(key);
  } else if (auto pkcs1 = from_pem_block(pem, "RSA PUBLIC KEY")) {
    unsigned char const* at = bytes_of(*pkcs1);
    auto* key = d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, static_cast<long>(pkcs1->size()));
    if (at == bytes_of(*pkcs1) + pkcs1->size()) return key;
    EVP_PKEY_free(key);
  }
  return nullptr;
}

Result<> check_rsa(EVP_PKEY* key) {
  if (!key) return unprocessable("The key is not readable");
  // RSA keys that are bound to RSASSA-PSS have another id.
  if (EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA) return unprocessable("The key is not an RSA key");
  int const bits = EVP_PKEY_get_bits(key);
  if (bits < rsa_bits_min || bits > rsa_bits_max)
    return unprocessable("The RSA key must have 2048 to 8192 bits");
  BIGNUM* exponent = nullptr;
  if (!EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent))
    return unprocessable("The key is not readable");
  bool const is_sane =
      BN_num_bits(exponent) <= exponent_bits_max && BN_is_odd(exponent) && !BN_is_one(exponent);
  BN_free(exponent);
  if (!is_sane) return unprocessable("The RSA key has an unusable exponent");
  return {};
}

void initialise_sodium() {
  static int const state = sodium_init();
  POSY_ASSERT(state >= 0);
}

}  // namespace

Result<RsaPublicKey> RsaPublicKey::from_pem(std::string_view pem) {
  ForgetErrors forget;
  if (pem.size() > public_pem_bytes_max) return unprocessable("The key is too long");
  auto key = owned(decode_public(pem));
  auto checked = check_rsa(key.get());
  if (!checked) return checked.error();
  return RsaPublicKey{std::move(key)};
}

std::string RsaPublicKey::to_pem() const {
  Bio bio{BIO_new(BIO_s_mem())};
  POSY_ASSERT(bio && PEM_write_bio_PUBKEY(bio.get(), key_.get()) == 1);
  return text_of(bio);
}

bool RsaPublicKey::verify(std::string_view message, std::string_view signature) const {
  ForgetErrors forget;
  Context context{EVP_MD_CTX_new()};
  if (!context) throw std::bad_alloc{};
  // The key is a stranger's: what it makes fail is his loss.
  if (EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) != 1) return false;
  return EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message),
                          message.size()) == 1;
}

RsaPrivateKey RsaPrivateKey::generate() {
  auto key = owned(EVP_RSA_gen(rsa_bits));
  // It fails for want of memory or of randomness only.
  if (!key) throw std::bad_alloc{};
  return RsaPrivateKey{std::move(key)};
}

Result<RsaPrivateKey> RsaPrivateKey::from_pem(std::string_view pem) {
  ForgetErrors forget;
  if (pem.size() > private_pem_bytes_max) return unprocessable("The key is too long");
  Bio bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
  if (!bio) throw std::bad_alloc{};
  // Without a callback OpenSSL would ask for a password at the terminal.
  auto no_password = [](char*, int, int, void*) { return -1; };
  auto key = owned(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr));
  auto checked = check_rsa(key.get());
  if (!checked) return checked.error();
  return RsaPrivateKey{std::move(key)};
}

std::string RsaPrivateKey::to_pem() const {
  Bio bio{BIO_new(BIO_s_mem())};
  POSY_ASSERT(bio && PEM_write_bio_PKCS8PrivateKey(bio.get(), key_.get(), nullptr, nullptr, 0, nullptr,
                                                   nullptr) == 1);
  return text_of(bio);
}

std::string RsaPrivateKey::sign(std::string_view message) const {
  Context context{EVP_MD_CTX_new()};
  POSY_ASSERT(context && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1);
  std::size_t length = static_cast<std::size_t>(EVP_PKEY_get_size(key_.get()));
  std::string signature(length, '\0');
  POSY_ASSERT(
      EVP_DigestSign(context.get(), bytes_of(signature), &length, bytes_of(message), message.size()) == 1);
  signature.resize(length);
  return signature;
}

Result<Ed25519PublicKey> Ed25519PublicKey::from_raw(std::string_view raw) {
  if (raw.size() != bytes) return unprocessable("An Ed25519 key has 32 bytes");
  Ed25519PublicKey key;
  std::ranges::copy(raw, key.raw_.begin());
  return key;
}

Result<Ed25519PublicKey> Ed25519PublicKey::from_multikey(std::string_view text) {
  auto decoded = from_multibase(text);
  if (!decoded || !decoded->starts_with(ed25519_multicodec))
    return unprocessable("The key is not an Ed25519 Multikey");
  return from_raw(std::string_view{*decoded}.substr(ed25519_multicodec.size()));
}

std::string Ed25519PublicKey::to_multikey() const {
  return to_multibase(std::string{ed25519_multicodec} + raw());
}

bool Ed25519PublicKey::verify(std::string_view message, std::string_view signature) const {
  initialise_sodium();
  if (signature.size() != signature_bytes) return false;
  // Refuses keys of small order and signatures with other spellings too.
  return crypto_sign_verify_detached(bytes_of(signature), bytes_of(message), message.size(),
                                     reinterpret_cast<unsigned char const*>(raw_.data())) == 0;
}

Ed25519PrivateKey Ed25519PrivateKey::generate() {
  initialise_sodium();
  Ed25519PrivateKey key;
  std::array<unsigned char, Ed25519PublicKey::bytes> public_bytes;
  crypto_sign_keypair(public_bytes.data(), key.secret_.data());
  return key;
}

Result<Ed25519PrivateKey> Ed25519PrivateKey::from_seed(std::string_view base64) {
  initialise_sodium();
  auto decoded = base64.size() <= 2 * seed_bytes ? from_base64(base64) : std::nullopt;
  if (!decoded || decoded->size() != seed_bytes) return unprocessable("An Ed25519 seed has 32 bytes");
  Ed25519PrivateKey key;
  std::array<unsigned char, Ed25519PublicKey::bytes> public_bytes;
  crypto_sign_seed_keypair(public_bytes.data(), key.secret_.data(), bytes_of(*decoded));
  return key;
}

std::string Ed25519PrivateKey::seed() const {
  return to_base64({reinterpret_cast<char const*>(secret_.data()), seed_bytes});
}

Ed25519PublicKey Ed25519PrivateKey::public_key() const {
  Ed25519PublicKey key;
  std::ranges::transform(secret_.begin() + seed_bytes, secret_.end(), key.raw_.begin(),
                         [](unsigned char byte) { return static_cast<char>(byte); });
  return key;
}

std::string Ed25519PrivateKey::sign(std::string_view message) const {
  std::string signature(Ed25519PublicKey::signature_bytes, '\0');
  crypto_sign_detached(bytes_of(signature), nullptr, bytes_of(message), message.size(), secret_.data());
  return signature;
}

}  // namespace posy::crypto
