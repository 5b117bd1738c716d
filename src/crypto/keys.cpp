#include "crypto/keys.hpp"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
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
using Bignum = std::unique_ptr<BIGNUM, Freeing<BN_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freeing<EVP_PKEY_CTX_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freeing<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freeing<OSSL_PARAM_free>>;

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

// Goes over the head of what stands at `at`. False: it is not this, or longer than what is there.
bool enter(unsigned char const*& at, unsigned char const* end, int wanted, long* length) {
  int tag = 0, kind = 0;
  int const result = ASN1_get_object(&at, length, &tag, &kind, end - at);
  return (result & 0x81) == 0 && tag == wanted && kind == V_ASN1_UNIVERSAL && *length <= end - at;
}

Bignum read_number(unsigned char const*& at, unsigned char const* end) {
  long length = 0;
  if (!enter(at, end, V_ASN1_INTEGER, &length) || length == 0 || (*at & 0x80) != 0) return {};
  Bignum number{BN_bin2bn(at, static_cast<int>(length), nullptr)};
  at += length;
  return number;
}

// SubjectPublicKeyInfo of an RSA key (RFC 3279, section 2.3.1) as everybody writes it. OpenSSL's own decoder takes
// twenty times as long, as it first asks all its providers what they can read; it still reads what this does not.
EVP_PKEY* read_rsa(std::string_view der) {
  constexpr std::string_view rsa_encryption{
      "\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00", 15};
  unsigned char const* at = bytes_of(der);
  unsigned char const* const end = at + der.size();
  long length = 0;
  if (!enter(at, end, V_ASN1_SEQUENCE, &length) || length != end - at) return nullptr;
  if (!der.substr(static_cast<std::size_t>(at - bytes_of(der))).starts_with(rsa_encryption)) return nullptr;
  at += rsa_encryption.size();
  if (!enter(at, end, V_ASN1_BIT_STRING, &length) || length != end - at || length == 0 || *at++ != 0) return nullptr;
  if (!enter(at, end, V_ASN1_SEQUENCE, &length) || length != end - at) return nullptr;
  Bignum const modulus = read_number(at, end), exponent = modulus ? read_number(at, end) : Bignum{};
  if (!exponent || at != end) return nullptr;

  KeyContext context{EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr)};
  Builder builder{OSSL_PARAM_BLD_new()};
  if (!context || !builder) throw std::bad_alloc{};
  bool const is_built = OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) == 1 &&
                        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) == 1;
  Parameters parameters{is_built ? OSSL_PARAM_BLD_to_param(builder.get()) : nullptr};
  EVP_PKEY* key = nullptr;
  if (!parameters || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
    return nullptr;
  return key;
}

EVP_PKEY* decode_public(std::string_view pem) {
  if (auto der = from_pem_block(pem, "PUBLIC KEY")) {
    if (auto* key = read_rsa(*der)) return key;
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
