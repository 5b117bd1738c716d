#include "federation/signatures/proof.hpp"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "base/encoding.hpp"
#include "crypto/base58.hpp"
#include "crypto/digest.hpp"
#include "json/canonical.hpp"
#include "json/parse.hpp"

namespace posy::signatures {
namespace {

using boost::json::object;
using boost::json::value;

// The key pair of FEP-8b32's and vc-di-eddsa's test vectors. The secret is a Multikey too: 0x80 0x26 and the
// seed.
crypto::Ed25519PrivateKey the_feps_key() {
  auto secret = crypto::from_multibase("z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq").value();
  return crypto::Ed25519PrivateKey::from_seed(to_base64(secret.substr(2))).value();
}
constexpr char the_feps_public_key[] = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
constexpr char the_feps_method[] = "https://server.example/users/alice#ed25519-key";
Time const the_feps_time = parse_rfc3339("2023-02-24T23:36:38Z").value();

object document_of(std::string_view text) {
  return json::parse(text).value().as_object();
}

// FEP-8b32, fep-8b32.feature.
object the_feps_document() {
  return document_of(R"({
    "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/data-integrity/v2"],
    "id": "https://server.example/activities/1",
    "type": "Create",
    "actor": "https://server.example/users/alice",
    "object": {
      "id": "https://server.example/objects/1",
      "type": "Note",
      "attributedTo": "https://server.example/users/alice",
      "content": "Hello world",
      "location": {"type": "Place", "longitude": -71.184902, "latitude": 25.273962}
    }
  })");
}

object signed_document() {
  auto document = the_feps_document();
  add_proof(document, the_feps_method, the_feps_key(), the_feps_time).value();
  return document;
}
object& proof_in(object& document) {
  return document.at("proof").as_object();
}
crypto::Ed25519PublicKey the_key() {
  return the_feps_key().public_key();
}

TEST(Proof, IsMadeAsInTheFep) {
  EXPECT_EQ(the_key().to_multikey(), the_feps_public_key);
  EXPECT_EQ(value(signed_document().at("proof")), json::parse(R"({
    "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/data-integrity/v2"],
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-jcs-2022",
    "verificationMethod": "https://server.example/users/alice#ed25519-key",
    "proofPurpose": "assertionMethod",
    "proofValue": "z42ffGu6AUKPCFcFPiabmUvnGLPJzC7e4DGWC52NUasSSH37UMa9c58tdgVszUcZfytxa4fQ5TYHaJENCxUDe9SdL",
    "created": "2023-02-24T23:36:38Z"
  })")
                                                      .value());
}

TEST(Proof, OfTheFepHolds) {
  auto document = signed_document();
  EXPECT_TRUE(has_proof(document));
  auto claim = read_proof(document, the_feps_time).value();
  EXPECT_EQ(claim.verification_method, the_feps_method);
  EXPECT_EQ(claim.created, the_feps_time);
  EXPECT_TRUE(proof_holds(document, the_key()));
}

// W3C vc-di-eddsa, appendix B.3 "Representation: eddsa-jcs-2022".
TEST(Proof, OfTheW3cHolds) {
  auto document = document_of(R"({
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
    "proof": {
      "type": "DataIntegrityProof",
      "cryptosuite": "eddsa-jcs-2022",
      "created": "2023-02-24T23:36:38Z",
      "verificationMethod": "https://vc.example/issuers/5678#z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
      "proofPurpose": "assertionMethod",
      "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
      "proofValue": "z63t83Y53KfzJ5ZosfKTnqfMcKB2dmTrfjSaQjeNNjAD5srBowQfmWqeRb8rRjmeEuCBEsddF9LsVogtuTsijJKh4"
    }
  })");
  EXPECT_TRUE(read_proof(document, the_feps_time));
  EXPECT_TRUE(proof_holds(document, the_key()));
  document["name"] = "Another Credential";
  EXPECT_FALSE(proof_holds(document, the_key()));
}

TEST(Proof, AnotherKeyDoesNotHold) {
  EXPECT_FALSE(proof_holds(signed_document(), crypto::Ed25519PrivateKey::generate().public_key()));
}

TEST(Proof, EveryChangeBreaksIt) {
  auto changed = [](auto change) {
    auto document = signed_document();
    change(document);
    return document;
  };
  EXPECT_TRUE(proof_holds(changed([](object&) {}), the_key()));
  EXPECT_FALSE(
      proof_holds(changed([](object& d) { d["actor"] = "https://server.example/users/eve"; }), the_key()));
  EXPECT_FALSE(proof_holds(changed([](object& d) { d["to"] = "x"; }), the_key()));
  EXPECT_FALSE(proof_holds(changed([](object& d) { d.erase("id"); }), the_key()));
  EXPECT_FALSE(
      proof_holds(changed([](object& d) { d["object"].as_object()["content"] = "Hello World"; }), the_key()));
  for (auto name : {"created", "verificationMethod", "proofPurpose", "type", "added"})
    EXPECT_FALSE(proof_holds(changed([&](object& d) { proof_in(d)[name] = "x"; }), the_key())) << name;
}

TEST(Proof, OrderAndSpellingDoNotMatter) {
  auto document = signed_document();
  object reversed;
  for (auto member = document.end(); member != document.begin();) {
    --member;
    reversed.emplace(member->key(), member->value());
  }
  EXPECT_TRUE(proof_holds(reversed, the_key()));
  EXPECT_TRUE(proof_holds(document_of(json::canonical(document).value()), the_key()));
}

TEST(Proof, ContextsOfTheProofMustLeadTheDocuments) {
  auto document = signed_document();
  // Added to the end by somebody on the way: passed over, as the W3C has it.
  document["@context"].as_array().push_back("https://relay.example/ns");
  EXPECT_TRUE(proof_holds(document, the_key()));
  auto& contexts = document["@context"].as_array();
  std::swap(contexts[0], contexts[2]);
  EXPECT_FALSE(proof_holds(document, the_key()));
  document["@context"] = "https://www.w3.org/ns/activitystreams";
  EXPECT_FALSE(proof_holds(document, the_key()));
  document.erase("@context");
  EXPECT_FALSE(proof_holds(document, the_key()));
}

TEST(Proof, HoldsAsFedifyWritesIt) {
  auto document = signed_document();
  proof_in(document).erase("@context");
  EXPECT_TRUE(proof_holds(document, the_key()));
  document["@context"].as_array().push_back("https://relay.example/ns");
  EXPECT_FALSE(proof_holds(document, the_key()));
}

TEST(Proof, WithoutAnyContextHoldsToo) {
  object document{{"id", "https://server.example/1"}};
  add_proof(document, the_feps_method, the_feps_key(), the_feps_time).value();
  EXPECT_FALSE(proof_in(document).contains("@context"));
  EXPECT_TRUE(proof_holds(document, the_key()));
}

TEST(Proof, LinkedDataSignaturesComeAfterIt) {
  auto document = signed_document();
  document["signature"] = object{{"type", "RsaSignature2017"}};
  EXPECT_TRUE(proof_holds(document, the_key()));
}

TEST(Proof, AListOfOneIsOne) {
  auto document = signed_document();
  value const proof = document["proof"];
  document["proof"] = boost::json::array{proof};
  EXPECT_TRUE(read_proof(document, the_feps_time));
  EXPECT_TRUE(proof_holds(document, the_key()));
  document["proof"] = boost::json::array{proof, proof};
  EXPECT_FALSE(read_proof(document, the_feps_time));
  EXPECT_FALSE(proof_holds(document, the_key()));
}

TEST(Proof, SigningAgainReplacesIt) {
  auto document = signed_document();
  auto key = crypto::Ed25519PrivateKey::generate();
  add_proof(document, "https://server.example/users/bob#key", key, the_feps_time).value();
  EXPECT_TRUE(proof_holds(document, key.public_key()));
  EXPECT_FALSE(proof_holds(document, the_key()));
}

TEST(Proof, WhatWeCannotJudgeIsRefused) {
  auto refused = [](std::string_view name, value what) {
    auto document = signed_document();
    proof_in(document)[name] = std::move(what);
    auto claim = read_proof(document, the_feps_time);
    ASSERT_FALSE(claim) << name;
    EXPECT_EQ(claim.error().refusal, Refusal::unauthorized);
  };
  refused("type", "Ed25519Signature2020");
  refused("type", boost::json::array{"DataIntegrityProof"});
  refused("cryptosuite", "eddsa-rdfc-2022");
  refused("cryptosuite", nullptr);
  refused("proofPurpose", "authentication");
  refused("previousProof", "urn:uuid:1");
  refused("verificationMethod", "");
  refused("verificationMethod", 5);
  refused("verificationMethod", object{{"id", the_feps_method}});
  refused("verificationMethod", boost::json::string(10'000, 'x'));
  refused("proofValue", "");
  refused("proofValue", 5);
  refused("proofValue", "z");
  refused("proofValue", "uAAAA");
  refused("proofValue", boost::json::string(1'000'000, 'z'));
  refused("proofValue", boost::json::string(crypto::to_multibase(std::string(63, 'x'))));
  refused("created", "yesterday");
  refused("created", 5);
  refused("expires", "yesterday");
  refused("expires", "2023-02-24T23:36:37Z");
}

TEST(Proof, MissingAndMadProofsAreRefused) {
  for (std::string_view text :
       {R"({})", R"({"proof": null})", R"({"proof": "z42ff"})", R"({"proof": []})", R"({"proof": [[]]})",
        R"({"proof": {}})", R"({"proof": [null]})", R"({"proof": [5, 6]})"}) {
    auto document = document_of(text);
    EXPECT_FALSE(read_proof(document, the_feps_time)) << text;
    EXPECT_FALSE(proof_holds(document, the_key())) << text;
  }
}

TEST(Proof, IsGoodUntilItExpires) {
  auto document = the_feps_document();
  add_proof(document, the_feps_method, the_feps_key(), the_feps_time).value();
  // An expiry that nobody signed is not believed in the end, but it is read first.
  proof_in(document)["expires"] = "2023-02-25T00:00:00Z";
  EXPECT_TRUE(read_proof(document, the_feps_time));
  EXPECT_FALSE(proof_holds(document, the_key()));
}

TEST(Proof, WhatHasNoCanonicalFormIsNotSigned) {
  value deep = 1;
  for (int i = 0; i < 100; ++i) deep = boost::json::array{std::move(deep)};
  object document{{"deep", std::move(deep)}};
  EXPECT_FALSE(add_proof(document, the_feps_method, the_feps_key(), the_feps_time));
  EXPECT_FALSE(has_proof(document));
}

}  // namespace
}  // namespace posy::signatures
