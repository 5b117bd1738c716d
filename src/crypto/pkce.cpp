#include "crypto/pkce.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "crypto/digest.hpp"

namespace posy::crypto {
namespace {

bool is_base64url(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

bool is_pkce_verifier(std::string_view verifier) {
  return verifier.size() >= 43 && verifier.size() <= 128 &&
         std::ranges::all_of(verifier, [](char c) { return is_base64url(c) || c == '.' || c == '~'; });
}

bool is_pkce_challenge(std::string_view challenge) {
  return challenge.size() == 43 && std::ranges::all_of(challenge, is_base64url);
}

bool pkce_matches(std::string_view verifier, std::string_view challenge) {
  if (!is_pkce_verifier(verifier) || !is_pkce_challenge(challenge)) return false;
  return constant_time_equal(to_base64url(sha256(verifier)), challenge);
}

}  // namespace posy::crypto
