#include "federation/signatures/rfc9421.hpp"

#include <gtest/gtest.h>

#include "base/encoding.hpp"
#include "federation/signatures/test_requests.hpp"

namespace posy::signatures {
namespace {

using Components = std::vector<std::string>;

// The request of appendix B.2.
Message the_rfcs_request() {
  return {.method = "POST",
          .authority = "example.com",
          .target = "/foo?param=Value&Pet=dog",
          .headers = {
              {"Host", "example.com"},
              {"Date", "Tue, 20 Apr 2021 02:07:55 GMT"},
              {"Content-Type", "application/json"},
              {"Content-Digest",
               "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWX"
               "vJwew==:"},
              {"Content-Length", "18"}}};
}

// Appendix B.2.6.
TEST(Rfc9421, AgreesWithTheEd25519ExampleOfTheRfc) {
  Components const components{"date", "@method", "@path", "@authority", "content-type", "content-length"};
  auto base = rfc9421_base(the_rfcs_request(), components,
                           R"(("date" "@method" "@path" "@authority" "content-type" "content-length"))"
                           R"(;created=1618884473;keyid="test-key-ed25519")")
                  .value();
  EXPECT_EQ(base, R"("date": Tue, 20 Apr 2021 02:07:55 GMT
"@method": POST
"@path": /foo
"@authority": example.com
"content-type": application/json
"content-length": 18
"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length"))"
                  R"(;created=1618884473;keyid="test-key-ed25519")");
  auto key = crypto::Ed25519PrivateKey::from_seed("n4Ni+HpISpVObnQMW0wOhCKROaIKqKtW/2ZYb2p9KcU=").value();
  constexpr char signature[] =
      "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==";
  EXPECT_EQ(to_base64(key.sign(base)), signature);
  EXPECT_TRUE(key.public_key().verify(base, from_base64(signature).value()));
}

// Section 4.3, the signature of the proxy, with the key of appendix B.1.1.
TEST(Rfc9421, AgreesWithTheRsaExampleOfTheRfc) {
  auto key = crypto::RsaPublicKey::from_pem(R"(-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAhAKYdtoeoy8zcAcR874L8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrw
WEBnez6d0UDKDwGbc6nxfEXAy5mbhgajzrw3MOEt8uA5txSKobBpKDeBLOsdJKFq
MGmXCQvEG7YemcxDTRPxAleIAgYYRjTSd/QBwVW9OwNFhekro3RtlinV0a75jfZg
kne/YiktSvLG34lw2zqXBDTC5NHROUqGTlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0P
uKxI4T+HIaFpv8+rdV6eUgOrB2xeI1dSFFn/nnv5OoZJEIB+VmuKn3DCUcCZSFlQ
PSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ10wIDAQAB
-----END RSA PUBLIC KEY-----)")
                 .value();
  auto message = with(the_rfcs_request(), {{"Forwarded", "for=192.0.2.123;host=example.com;proto=https"}});
  message.authority = "origin.host.internal.example";
  Components const components{"@method",      "@authority",     "@path",    "content-digest",
                              "content-type", "content-length", "forwarded"};
  auto base =
      rfc9421_base(
          message, components,
          R"(("@method" "@authority" "@path" "content-digest" "content-type" "content-length" "forwarded"))"
          R"(;created=1618884480;keyid="test-key-rsa";alg="rsa-v1_5-sha256";expires=1618884540)")
          .value();
  auto const signature = from_base64(
                             "S6ZzPXSdAMOPjN/6KXfXWNO/f7V6cHm7BXYUh3YD/"
                             "fRad4BCaRZxP+JH+8XY1I6+8Cy+CM5g92iHgxtRPz+MjniOaYmdkDcnL9cCpXJ"
                             "leXsOckpURl49GwiyUpZ10KHgOEe11sx3G2gxI8S0jnxQB+"
                             "Pu68U9vVcasqOWAEObtNKKZd8tSFu7LB5YAv0RAGhB8tmpv7sFnIm9y+"
                             "7X5kXQfi8NMaZaA8i2ZHwpBdg7a6CMfwnnrtflzvZdXAsD3LH2TwevU+/PBPv0B6NMNk93wUs/"
                             "vfJvye+YuI87HU38lZHowtznbLVdp"
                             "770I6VHR6WfgS9ddzirrswsE1w5o0LV/g==")
                             .value();
  EXPECT_TRUE(key.verify(base, signature));
  EXPECT_FALSE(key.verify(base + " ", signature));
}

std::string line_of(Message const& message, std::string const& component) {
  Components const components{component};
  auto base = rfc9421_base(message, components, "()").value();
  return base.substr(0, base.find('\n'));
}

// Section 2.2.
TEST(Rfc9421, DerivesComponents) {
  Message message{
      .method = "POST", .scheme = "HTTPS", .authority = "WWW.Example.COM:443", .target = "/path?a=b&c"};
  EXPECT_EQ(line_of(message, "@method"), "\"@method\": POST");
  EXPECT_EQ(line_of(message, "@target-uri"), "\"@target-uri\": https://www.example.com/path?a=b&c");
  EXPECT_EQ(line_of(message, "@authority"), "\"@authority\": www.example.com");
  EXPECT_EQ(line_of(message, "@scheme"), "\"@scheme\": https");
  EXPECT_EQ(line_of(message, "@request-target"), "\"@request-target\": /path?a=b&c");
  EXPECT_EQ(line_of(message, "@path"), "\"@path\": /path");
  EXPECT_EQ(line_of(message, "@query"), "\"@query\": ?a=b&c");
  message.target = "/path";
  EXPECT_EQ(line_of(message, "@query"), "\"@query\": ?");
  message.target = "/path?";
  EXPECT_EQ(line_of(message, "@query"), "\"@query\": ?");
  message.scheme = "http";
  message.authority = "a.example:8080";
  EXPECT_EQ(line_of(message, "@target-uri"), "\"@target-uri\": http://a.example:8080/path?");
}

// Section 2.1.
TEST(Rfc9421, JoinsFieldsOfOneName) {
  auto message = with(get_outbox(), {{"X-Tags", "  one "}, {"x-TAGS", "two, three\t"}, {"Empty", ""}});
  EXPECT_EQ(line_of(message, "x-tags"), "\"x-tags\": one, two, three");
  EXPECT_EQ(line_of(message, "empty"), "\"empty\": ");
}

TEST(Rfc9421, RefusesComponentsThatItDoesNotKnow) {
  for (std::string name : {"", "@status", "@query-param", "@signature-params", "@", "Date", "x missing",
                           "x-missing", "date\n", "\"date\""}) {
    Components const components{name};
    auto base = rfc9421_base(the_rfcs_request(), components, "()");
    ASSERT_FALSE(base) << name;
    EXPECT_EQ(base.error().refusal, Refusal::unauthorized);
  }
}

TEST(Rfc9421, SignsAsMastodonReadsIt) {
  auto fields = sign_rfc9421(post_to_inbox(), test_body, test_key_id, test_rsa_key(), test_now);
  ASSERT_EQ(fields.size(), 3u);
  EXPECT_EQ(fields[0].first, "Content-Digest");
  EXPECT_EQ(fields[1].first, "Signature-Input");
  EXPECT_EQ(fields[1].second,
            "sig1=(\"@method\" \"@target-uri\" \"content-digest\");created=" +
                std::to_string(to_milliseconds(test_now) / 1000) +
                ";keyid=\"https://there.example/users/alice#main-key\";alg=\"rsa-v1_5-sha256\"");
  EXPECT_EQ(fields[2].first, "Signature");
  EXPECT_TRUE(fields[2].second.starts_with("sig1=:") && fields[2].second.ends_with(":"));
  auto of_get = sign_rfc9421(get_outbox(), std::nullopt, test_key_id, test_rsa_key(), test_now);
  ASSERT_EQ(of_get.size(), 2u);
  EXPECT_TRUE(of_get[0].second.starts_with("sig1=(\"@method\" \"@target-uri\");created="));
}

}  // namespace
}  // namespace posy::signatures
