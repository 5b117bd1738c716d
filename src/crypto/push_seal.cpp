#include "crypto/push_seal.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include "base/assert.hpp"
#include "crypto/digest.hpp"

namespace posy::crypto {
namespace {

using namespace std::literals;

constexpr std::size_t key_bytes = 16, nonce_bytes = 12, tag_bytes = 16;
constexpr std::string_view record_size = "\0\0\x10\0"sv;  // 4096
constexpr std::string_view point_size = "\0\x41"sv;
constexpr char last_record = 2;
constexpr std::string_view no_padding = "\0\0"sv;

// HKDF (RFC 5869) where one block is enough.
std::string expand(std::string_view key, std::string const& info, std::size_t length = 32) {
  return hmac_sha256(key, info + '\x01').substr(0, length);
}

struct ContextFree {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

unsigned char const* bytes_of(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }

std::string encrypt(std::string_view key, std::string_view nonce, std::string_view text) {
  std::unique_ptr<EVP_CIPHER_CTX, ContextFree> context(EVP_CIPHER_CTX_new());
  std::string out(text.size() + tag_bytes, '\0');
  auto* at = reinterpret_cast<unsigned char*>(out.data());
  int length = 0, rest = 0;
  bool const good =
      context && EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, bytes_of(key), bytes_of(nonce)) == 1 &&
      EVP_EncryptUpdate(context.get(), at, &length, bytes_of(text), static_cast<int>(text.size())) == 1 &&
      EVP_EncryptFinal_ex(context.get(), at + length, &rest) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes, at + text.size()) == 1;
  POSY_ASSERT(good);
  return out;
}

}  // namespace

PushSender PushSender::make() {
  PushSender out{P256PrivateKey::generate(), std::string(push_salt_bytes, '\0')};
  int const made = RAND_bytes(reinterpret_cast<unsigned char*>(out.salt.data()), push_salt_bytes);
  POSY_ASSERT(made == 1);
  return out;
}

std::optional<std::string> seal_push(PushSender const& sender, PushReader const& reader, std::string_view text) {
  POSY_ASSERT(text.size() <= push_text_max);
  auto secret = sender.key.agree(reader.point);
  if (!secret) return {};
  auto const point = sender.key.point();
  auto const agreed = expand(hmac_sha256(reader.auth, *secret), std::string("WebPush: info\0"sv) + reader.point + point);
  auto const random = hmac_sha256(sender.salt, agreed);
  auto const key = expand(random, std::string("Content-Encoding: aes128gcm\0"sv), key_bytes);
  auto const nonce = expand(random, std::string("Content-Encoding: nonce\0"sv), nonce_bytes);
  std::string head = sender.salt;
  head.append(record_size).append(1, static_cast<char>(point.size())).append(point);
  return head + encrypt(key, nonce, std::string(text) + last_record);
}

std::optional<std::string> seal_early_push(PushSender const& sender, PushReader const& reader, std::string_view text) {
  POSY_ASSERT(text.size() <= push_text_max);
  auto secret = sender.key.agree(reader.point);
  if (!secret) return {};
  auto const agreed = expand(hmac_sha256(reader.auth, *secret), std::string("Content-Encoding: auth\0"sv));
  std::string context("P-256\0"sv);
  context.append(point_size).append(reader.point).append(point_size).append(sender.key.point());
  auto const random = hmac_sha256(sender.salt, agreed);
  auto const key = expand(random, std::string("Content-Encoding: aesgcm\0"sv) + context, key_bytes);
  auto const nonce = expand(random, std::string("Content-Encoding: nonce\0"sv) + context, nonce_bytes);
  return encrypt(key, nonce, std::string(no_padding) + std::string(text));
}

}  // namespace posy::crypto
