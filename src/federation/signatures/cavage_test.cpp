#include "federation/signatures/cavage.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "base/encoding.hpp"
#include "federation/signatures/test_requests.hpp"

namespace posy::signatures {
namespace {

// draft-cavage-http-signatures-12, appendix C. Its key has 1024 bits, which we refuse everywhere else.
bool the_drafts_key_verifies(std::string_view base, std::string_view signature) {
  constexpr std::string_view pem = R"(-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3
6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6
Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw
oYi+1hqp1fIekaxsyQIDAQAB
-----END PUBLIC KEY-----
)";
  BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  EVP_PKEY* key = PEM_read_bio_PUBKEY(bio, nullptr, nullptr, nullptr);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_DigestVerifyInit(context, nullptr, EVP_sha256(), nullptr, key);
  bool const verifies =
      EVP_DigestVerify(context, reinterpret_cast<unsigned char const*>(signature.data()), signature.size(),
                       reinterpret_cast<unsigned char const*>(base.data()), base.size()) == 1;
  EVP_MD_CTX_free(context);
  EVP_PKEY_free(key);
  BIO_free(bio);
  return verifies;
}

Message the_drafts_request() {
  return {.method = "POST",
          .authority = "example.com",
          .target = "/foo?param=value&pet=dog",
          .headers = {{"Host", "example.com"},
                      {"Date", "Sun, 05 Jan 2014 21:31:40 GMT"},
                      {"Content-Type", "application/json"},
                      {"Digest", "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE="},
                      {"Content-Length", "18"}}};
}

std::string base_of(Message const& message, CavageSignature const& signature) {
  return cavage_base(message, signature, message.target).value();
}

TEST(Cavage, AgreesWithTheBasicTestOfTheDraft) {
  auto signature =
      parse_cavage(
          R"(keyId="Test",algorithm="rsa-sha256",headers="(request-target) host date", )"
          R"(signature="qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3)"
          R"(HMbe8VfEdKFYRqzic+efkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0=")")
          .value();
  EXPECT_EQ(signature.key_id, "Test");
  EXPECT_EQ(signature.algorithm, "rsa-sha256");
  auto base = base_of(the_drafts_request(), signature);
  EXPECT_EQ(base,
            "(request-target): post /foo?param=value&pet=dog\nhost: example.com\n"
            "date: Sun, 05 Jan 2014 21:31:40 GMT");
  EXPECT_TRUE(the_drafts_key_verifies(base, signature.signature));
  EXPECT_FALSE(the_drafts_key_verifies(base + " ", signature.signature));
}

// The draft lists (created) and (expires) too, but its signature is without them.
TEST(Cavage, AgreesWithTheAllHeadersTestOfTheDraft) {
  auto signature =
      parse_cavage(
          R"(keyId="Test",algorithm="rsa-sha256",created=1402170695, expires=1402170699,)"
          R"(headers="(request-target) host date content-type digest content-length",)"
          R"(signature="vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52)"
          R"(LaEUHFv120V01IL+TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE=")")
          .value();
  EXPECT_EQ(signature.created, "1402170695");
  EXPECT_EQ(signature.expires, "1402170699");
  EXPECT_TRUE(the_drafts_key_verifies(base_of(the_drafts_request(), signature), signature.signature));
}

TEST(Cavage, BaseHasTimesRepeatedFieldsAndEmptyOnes) {
  CavageSignature signature{
      .algorithm = "hs2019",
      .covered = {"(request-target)", "(created)", "(expires)", "cache-control", "empty"},
      .created = "1402170695",
      .expires = "1402170699.5"};
  auto message = with(
      get_outbox(), {{"Cache-Control", " max-age=60 "}, {"cache-control", "must-revalidate"}, {"Empty", ""}});
  EXPECT_EQ(base_of(message, signature),
            "(request-target): get /users/bob/outbox?page=2\n(created): 1402170695\n(expires): 1402170699.5\n"
            "cache-control: max-age=60, must-revalidate\nempty: ");
}

TEST(Cavage, BaseNeedsWhatItCovers) {
  auto base = [](CavageSignature const& signature) { return cavage_base(get_outbox(), signature, "/"); };
  EXPECT_FALSE(base({.covered = {"x-missing"}}));
  EXPECT_FALSE(base({.covered = {"(created)"}}));
  EXPECT_FALSE(base({.covered = {"(expires)"}, .created = "1"}));
  EXPECT_FALSE(base({.covered = {"(unknown)"}}));
  // Section 2.3: times in parentheses do not go with the old names of algorithms.
  EXPECT_FALSE(base({.algorithm = "rsa-sha256", .covered = {"(created)"}, .created = "1"}));
  EXPECT_TRUE(base({.algorithm = "hs2019", .covered = {"(created)"}, .created = "1"}));
}

TEST(Cavage, RefusesMalformedHeaders) {
  std::string many, names;
  for (int i = 0; i < 40; ++i) {
    many += "p" + std::to_string(i) + "=1,";
    names += "h" + std::to_string(i) + " ";
  }
  std::string const bad[] = {
      "",
      "keyId",
      "keyId=",
      "=\"x\"",
      "keyId=\"x",
      "keyId=\"x\",",
      ",keyId=\"x\"",
      "keyId=\"x\" signature=\"y\"",
      "keyId=\"x\";signature=\"y\"",
      "key Id=\"x\"",
      "keyId=\"a\\\"b\"",
      "keyId=\"x\x01\"",
      "keyId=\"\xc3\xbc\"",
      "keyId=x\"y\"",
      "signature=\"!!!!\"",
      "headers=\"date, host\"",
      "headers=\"date\x7f\"",
      // Twice: whom would another reader believe?
      "keyId=\"a\",keyId=\"b\"",
      "keyId=\"a\",x=1,x=1",
      "headers=\"date host Date\"",
      many + "keyId=\"x\"",
      "headers=\"" + names + "\"",
      "keyId=\"" + std::string(10'000, 'x') + "\"",
      std::string(5'000'000, '"'),
      std::string(5'000'000, ','),
  };
  for (auto const& value : bad) {
    auto signature = parse_cavage(value);
    ASSERT_FALSE(signature) << value.substr(0, 200);
    EXPECT_EQ(signature.error().refusal, Refusal::unauthorized);
  }
}

TEST(Cavage, ReadsSpacesBareNumbersAndUnknownParameters) {
  auto signature =
      parse_cavage(
          " keyId = \"a\" ,\tcreated=5 , headers=\"  Date   (Created) \",opaque=\"z\",signature=\"aGk\" ")
          .value();
  EXPECT_EQ(signature.key_id, "a");
  EXPECT_EQ(signature.created, "5");
  EXPECT_EQ(signature.covered, (std::vector<std::string>{"date", "(created)"}));
  EXPECT_EQ(signature.signature, "hi");
}

TEST(Cavage, SignsAsMastodonReadsIt) {
  auto fields = sign_cavage(post_to_inbox(), test_body, test_key_id, test_rsa_key(), test_now);
  ASSERT_EQ(fields.size(), 3u);
  EXPECT_EQ(fields[0], std::pair(std::string{"Date"}, std::string{"Sun, 22 Nov 2026 15:04:05 GMT"}));
  EXPECT_EQ(fields[1].first, "Digest");
  EXPECT_EQ(fields[2].first, "Signature");
  EXPECT_TRUE(fields[2].second.starts_with(
      "keyId=\"https://there.example/users/alice#main-key\",algorithm=\"rsa-sha256\","
      "headers=\"(request-target) host date digest\",signature=\""));
  auto of_get = sign_cavage(get_outbox(), std::nullopt, test_key_id, test_rsa_key(), test_now);
  ASSERT_EQ(of_get.size(), 2u);
  EXPECT_NE(of_get[1].second.find("headers=\"(request-target) host date\""), std::string::npos);
}

}  // namespace
}  // namespace posy::signatures
