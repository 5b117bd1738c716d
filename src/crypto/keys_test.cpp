#include "crypto/keys.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <thread>
#include <vector>

#include "base/encoding.hpp"
#include "crypto/base58.hpp"

namespace posy::crypto {
namespace {

using namespace std::string_literals;

RsaPrivateKey const& a_key() {
  static RsaPrivateKey const key = RsaPrivateKey::generate();
  return key;
}

std::string pem_of(std::string const& label, std::string_view der) {
  return "-----BEGIN " + label + "-----\n" + to_base64(der) + "\n-----END " + label + "-----\n";
}

std::string public_pem(EVP_PKEY* key) {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PUBKEY(bio, key);
  EVP_PKEY_free(key);
  char* data = nullptr;
  long length = BIO_get_mem_data(bio, &data);
  std::string pem(data, static_cast<std::size_t>(length));
  BIO_free(bio);
  return pem;
}

std::string der(unsigned char tag, std::string const& content) {
  std::string out(1, static_cast<char>(tag));
  auto const size = content.size();
  if (size < 128) return out + static_cast<char>(size) + content;
  return out + '\x82' + static_cast<char>(size >> 8) + static_cast<char>(size & 255) + content;
}

// RSAPublicKey of RFC 8017, with a modulus of so many bytes, all bits set.
std::string pkcs1(std::size_t modulus_bytes, std::string const& exponent) {
  std::string const modulus = '\0' + std::string(modulus_bytes, '\xff');
  return pem_of("RSA PUBLIC KEY", der(0x30, der(0x02, modulus) + der(0x02, exponent)));
}

// RFC 9421, appendix B.1.1, in both spellings.
constexpr char test_key_rsa_pkcs1[] = R"(-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAhAKYdtoeoy8zcAcR874L8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrw
WEBnez6d0UDKDwGbc6nxfEXAy5mbhgajzrw3MOEt8uA5txSKobBpKDeBLOsdJKFq
MGmXCQvEG7YemcxDTRPxAleIAgYYRjTSd/QBwVW9OwNFhekro3RtlinV0a75jfZg
kne/YiktSvLG34lw2zqXBDTC5NHROUqGTlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0P
uKxI4T+HIaFpv8+rdV6eUgOrB2xeI1dSFFn/nnv5OoZJEIB+VmuKn3DCUcCZSFlQ
PSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ10wIDAQAB
-----END RSA PUBLIC KEY-----
)";
constexpr char test_key_rsa_spki[] = R"(-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAhAKYdtoeoy8zcAcR874L
8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrwWEBnez6d0UDKDwGbc6nxfEXAy5mbhgaj
zrw3MOEt8uA5txSKobBpKDeBLOsdJKFqMGmXCQvEG7YemcxDTRPxAleIAgYYRjTS
d/QBwVW9OwNFhekro3RtlinV0a75jfZgkne/YiktSvLG34lw2zqXBDTC5NHROUqG
TlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0PuKxI4T+HIaFpv8+rdV6eUgOrB2xeI1dS
FFn/nnv5OoZJEIB+VmuKn3DCUcCZSFlQPSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ1
0wIDAQAB
-----END PUBLIC KEY-----
)";

TEST(RsaKey, WhatItSignsVerifies) {
  auto signature = a_key().sign("hello");
  EXPECT_EQ(signature.size(), 256u);
  auto key = a_key().public_key();
  EXPECT_TRUE(key.verify("hello", signature));
  EXPECT_FALSE(key.verify("hellO", signature));
  EXPECT_FALSE(key.verify("hello", ""));
  EXPECT_FALSE(key.verify("hello", signature.substr(1)));
  EXPECT_FALSE(key.verify("hello", '\0' + signature));
  EXPECT_FALSE(key.verify("hello", signature + '\0'));
  EXPECT_FALSE(key.verify("hello", std::string(256, '\xff')));
  signature[7] = static_cast<char>(signature[7] ^ 1);
  EXPECT_FALSE(key.verify("hello", signature));
}

TEST(RsaKey, AnotherKeyDoesNotVerify) {
  auto stranger = RsaPublicKey::from_pem(test_key_rsa_spki).value();
  EXPECT_FALSE(stranger.verify("hello", a_key().sign("hello")));
}

TEST(RsaKey, ComesBackFromPem) {
  auto pem = a_key().to_pem();
  EXPECT_TRUE(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
  auto again = RsaPrivateKey::from_pem(pem).value();
  EXPECT_EQ(again.to_pem(), pem);
  EXPECT_EQ(again.sign("hello"), a_key().sign("hello"));

  auto public_text = a_key().public_key().to_pem();
  EXPECT_TRUE(public_text.starts_with("-----BEGIN PUBLIC KEY-----\n"));
  EXPECT_TRUE(RsaPublicKey::from_pem(public_text).value().verify("hello", a_key().sign("hello")));
}

TEST(RsaKey, OutlivesWhatItWasCopiedFrom) {
  auto made = std::make_unique<RsaPrivateKey>(a_key());
  RsaPublicKey key = made->public_key();
  RsaPrivateKey moved = std::move(*made);
  made.reset();
  EXPECT_TRUE(key.verify("x", moved.sign("x")));
}

TEST(RsaKey, SignsOnManyThreadsAtOnce) {
  auto const expected = a_key().sign("same");
  std::atomic<int> good = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 10; ++j) good += a_key().sign("same") == expected;
    });
  }
  threads.clear();
  EXPECT_EQ(good, 40);
}

TEST(RsaPublicPem, BothSpellingsAreOneKey) {
  EXPECT_EQ(RsaPublicKey::from_pem(test_key_rsa_pkcs1).value().to_pem(), test_key_rsa_spki);
  EXPECT_EQ(RsaPublicKey::from_pem(test_key_rsa_spki).value().to_pem(), test_key_rsa_spki);
}

TEST(RsaPublicPem, LinesMayBeBrokenAnyhow) {
  std::string crlf, in_one;
  for (char c : std::string_view{test_key_rsa_spki}) {
    crlf += c == '\n' ? "\r\n" : std::string(1, c);
    if (c != '\n') in_one += c;
  }
  EXPECT_TRUE(RsaPublicKey::from_pem(crlf));
  EXPECT_TRUE(RsaPublicKey::from_pem(in_one));
  EXPECT_TRUE(RsaPublicKey::from_pem("\n\n  "s + test_key_rsa_spki + "\n\n"));
}

TEST(RsaPublicPem, RefusesWhatIsNoUsableKey) {
  std::string const good = test_key_rsa_spki;
  std::string const bad[] = {
      "",
      "-----BEGIN PUBLIC KEY-----",
      "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
      "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----\n",
      "-----BEGIN PUBLIC KEY-----\n!!!!\n-----END PUBLIC KEY-----\n",
      "-----BEGIN PUBLIC KEY-----\n" + to_base64("rubbish") + "\n-----END PUBLIC KEY-----\n",
      "x" + good,
      good + "x",
      good + good,
      good.substr(0, good.size() / 2),
      pem_of("PUBLIC KEY", from_base64("MIIBIjAN").value()),
      pem_of("RSA PUBLIC KEY", "\x30\x80\x00\x00"s),
      pem_of("CERTIFICATE", "x"),
      a_key().to_pem(),
      std::string(1'000'000, 'A'),
      std::string(1'000'000, '\n') + good,
  };
  for (auto const& pem : bad) {
    auto key = RsaPublicKey::from_pem(pem);
    ASSERT_FALSE(key) << pem.substr(0, 200);
    EXPECT_EQ(key.error().refusal, Refusal::unprocessable);
  }
}

TEST(RsaPublicPem, RefusesTrailingBytes) {
  auto base64 = std::string_view{test_key_rsa_pkcs1};
  base64.remove_prefix(base64.find('\n'));
  base64 = base64.substr(0, base64.find("-----"));
  std::string packed{base64};
  std::erase(packed, '\n');
  auto const bytes = from_base64(packed).value();
  EXPECT_TRUE(RsaPublicKey::from_pem(pem_of("RSA PUBLIC KEY", bytes)));
  EXPECT_FALSE(RsaPublicKey::from_pem(pem_of("RSA PUBLIC KEY", bytes + "x")));
}

TEST(RsaPublicPem, WhatIsCutOrChangedIsRefusedOrReadWhole) {
  auto begin = "-----BEGIN PUBLIC KEY-----"s, end = "-----END PUBLIC KEY-----"s;
  std::string base64 = std::string(test_key_rsa_spki).substr(begin.size());
  base64 = base64.substr(0, base64.find(end));
  std::erase(base64, '\n');
  auto const der = from_base64(base64).value();
  ASSERT_TRUE(RsaPublicKey::from_pem(pem_of("PUBLIC KEY", der)));
  for (std::size_t i = 0; i < der.size(); ++i) {
    EXPECT_FALSE(RsaPublicKey::from_pem(pem_of("PUBLIC KEY", der.substr(0, i)))) << i;
    for (char bit : {'\x01', '\x80'}) {
      auto changed = der;
      changed[i] ^= bit;
      if (auto key = RsaPublicKey::from_pem(pem_of("PUBLIC KEY", changed)))
        EXPECT_TRUE(RsaPublicKey::from_pem(key->to_pem())) << i;
    }
  }
  EXPECT_FALSE(RsaPublicKey::from_pem(pem_of("PUBLIC KEY", der + "x")));
}

TEST(RsaPublicPem, RefusesOtherAlgorithms) {
  EXPECT_FALSE(RsaPublicKey::from_pem(public_pem(EVP_EC_gen("P-256"))));
  EXPECT_FALSE(RsaPublicKey::from_pem(public_pem(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"))));
  EXPECT_FALSE(
      RsaPublicKey::from_pem(public_pem(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA-PSS", std::size_t{2048}))));
}

TEST(RsaPublicPem, BoundsItsSizes) {
  std::string const usual = "\x01\x00\x01"s;
  EXPECT_FALSE(RsaPublicKey::from_pem(pkcs1(255, usual)));
  EXPECT_TRUE(RsaPublicKey::from_pem(pkcs1(256, usual)));
  EXPECT_TRUE(RsaPublicKey::from_pem(pkcs1(1024, usual)));
  EXPECT_FALSE(RsaPublicKey::from_pem(pkcs1(1025, usual)));
  EXPECT_FALSE(RsaPublicKey::from_pem(public_pem(EVP_RSA_gen(1024))));
  // Slow, even and trivial exponents.
  EXPECT_FALSE(RsaPublicKey::from_pem(pkcs1(256, "\x01"s + std::string(100, '\xff'))));
  EXPECT_FALSE(RsaPublicKey::from_pem(pkcs1(256, "\x02"s)));
  EXPECT_FALSE(RsaPublicKey::from_pem(pkcs1(256, "\x01"s)));
  EXPECT_FALSE(RsaPublicKey::from_pem(pkcs1(256, "\x00"s)));
}

TEST(RsaPublicPem, AKeyOfNonsenseVerifiesNothing) {
  auto key = RsaPublicKey::from_pem(pkcs1(256, "\x03"s)).value();
  for (char c : {'\0', '\x01', '\x7f', '\xff'}) EXPECT_FALSE(key.verify("hello", std::string(256, c)));
}

TEST(RsaPrivatePem, RefusesWhatIsNoUsableKey) {
  EXPECT_FALSE(RsaPrivateKey::from_pem(""));
  EXPECT_FALSE(RsaPrivateKey::from_pem("rubbish"));
  EXPECT_FALSE(RsaPrivateKey::from_pem(test_key_rsa_spki));
  EXPECT_FALSE(RsaPrivateKey::from_pem(std::string(1'000'000, 'A')));
  // With a password, which must not be asked for at a terminal.
  EVP_PKEY* key = EVP_RSA_gen(2048);
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PKCS8PrivateKey(bio, key, EVP_aes_128_cbc(), "secret", 6, nullptr, nullptr);
  char* data = nullptr;
  long length = BIO_get_mem_data(bio, &data);
  EXPECT_FALSE(RsaPrivateKey::from_pem({data, static_cast<std::size_t>(length)}));
  BIO_free(bio);
  EVP_PKEY_free(key);
}

// RFC 8032, section 7.1, test 1.
TEST(Ed25519Key, AgreesWithRfc8032) {
  auto key = Ed25519PrivateKey::from_seed("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=").value();
  EXPECT_EQ(to_hex(key.public_key().raw()),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(to_hex(key.sign("")),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
            "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
  EXPECT_TRUE(key.public_key().verify("", key.sign("")));
}

TEST(Ed25519Key, WhatItSignsVerifies) {
  auto key = Ed25519PrivateKey::generate();
  auto signature = key.sign("hello");
  EXPECT_TRUE(key.public_key().verify("hello", signature));
  EXPECT_FALSE(key.public_key().verify("hellO", signature));
  EXPECT_FALSE(key.public_key().verify("hello", signature.substr(1)));
  EXPECT_FALSE(key.public_key().verify("hello", signature + "x"));
  EXPECT_FALSE(key.public_key().verify("hello", ""));
  EXPECT_FALSE(Ed25519PrivateKey::generate().public_key().verify("hello", signature));
  signature[40] = static_cast<char>(signature[40] ^ 1);
  EXPECT_FALSE(key.public_key().verify("hello", signature));
}

TEST(Ed25519Key, ComesBackFromItsSeed) {
  auto key = Ed25519PrivateKey::generate();
  EXPECT_EQ(from_base64(key.seed())->size(), 32u);
  auto again = Ed25519PrivateKey::from_seed(key.seed()).value();
  EXPECT_EQ(again.public_key(), key.public_key());
  EXPECT_EQ(again.sign("x"), key.sign("x"));
  for (auto const& bad : {""s, "short"s, "!!!!"s, to_base64(std::string(33, 'x')), std::string(100'000, 'A')})
    EXPECT_FALSE(Ed25519PrivateKey::from_seed(bad));
}

// The key of RFC 9421, appendix B.1.4.
TEST(Multikey, IsBase58OfItsCodecAndTheKey) {
  auto const raw = from_base64("JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=").value();
  constexpr char multikey[] = "z6Mkh4LmfP1ev9MNPGr7JbEbtD6BD4fsu1duEj83PMCs3xHG";
  EXPECT_EQ(Ed25519PublicKey::from_raw(raw).value().to_multikey(), multikey);
  EXPECT_EQ(Ed25519PublicKey::from_multikey(multikey).value().raw(), raw);
}

TEST(Multikey, RefusesOtherKindsOfKey) {
  for (auto const& bad : {
           ""s,
           "z"s,
           "z6Mk"s,
           "not-a-key"s,
           "6Mkh4LmfP1ev9MNPGr7JbEbtD6BD4fsu1duEj83PMCs3xHG"s,
           "z6Mkh4LmfP1ev9MNPGr7JbEbtD6BD4fsu1duEj83PMCs3xH"s,
           to_multibase("\xec\x01" + std::string(32, 'x')),  // X25519
           to_multibase("\xed\x01" + std::string(31, 'x')),
           to_multibase("\xed\x01" + std::string(33, 'x')),
           to_multibase("\x80\x26" + std::string(32, 'x')),  // a private key
           std::string(1'000'000, 'z'),
       })
    EXPECT_FALSE(Ed25519PublicKey::from_multikey(bad)) << bad.substr(0, 100);
  EXPECT_FALSE(Ed25519PublicKey::from_raw("short"));
}

TEST(Ed25519Key, OfSmallOrderVerifiesNothing) {
  // The neutral element as key and as R, and S = 0: holds for every message where nobody looks.
  std::string const neutral = "\x01" + std::string(31, '\0');
  auto key = Ed25519PublicKey::from_raw(neutral).value();
  EXPECT_FALSE(key.verify("anything", neutral + std::string(32, '\0')));
}

}  // namespace
}  // namespace posy::crypto
