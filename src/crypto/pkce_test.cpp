#include "crypto/pkce.hpp"

#include <gtest/gtest.h>

#include <string>

namespace posy::crypto {
namespace {

// RFC 7636, appendix B.
constexpr std::string_view verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr std::string_view challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

TEST(Pkce, TheExampleOfTheRfcMatches) {
  EXPECT_TRUE(pkce_matches(verifier, challenge));
}

TEST(Pkce, AnotherVerifierDoesNot) {
  std::string other{verifier};
  other.back() = 'l';
  EXPECT_FALSE(pkce_matches(other, challenge));
  EXPECT_FALSE(pkce_matches(challenge, challenge));
}

TEST(Pkce, MalformedOnesNeverMatch) {
  EXPECT_FALSE(pkce_matches("", ""));
  EXPECT_FALSE(pkce_matches(verifier, ""));
  EXPECT_FALSE(pkce_matches(verifier, std::string{challenge} + "="));
  EXPECT_FALSE(is_pkce_verifier(std::string(42, 'a')));
  EXPECT_TRUE(is_pkce_verifier(std::string(43, '~')));
  EXPECT_TRUE(is_pkce_verifier(std::string(128, '.')));
  EXPECT_FALSE(is_pkce_verifier(std::string(129, 'a')));
  EXPECT_FALSE(is_pkce_verifier(std::string(42, 'a') + "+"));
  EXPECT_FALSE(is_pkce_verifier(std::string(42, 'a') + std::string(1, '\0')));
  EXPECT_FALSE(is_pkce_challenge(std::string(42, 'a') + "."));
  EXPECT_FALSE(is_pkce_challenge(std::string(44, 'a')));
}

}  // namespace
}  // namespace posy::crypto
