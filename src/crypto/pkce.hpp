// Proof Key for Code Exchange, method S256 (RFC 7636): the app that fetches the token is the one that asked.
#pragma once

#include <string_view>

namespace posy::crypto {

// 43 to 128 unreserved characters (section 4.1).
bool is_pkce_verifier(std::string_view verifier);
// 32 bytes as base64url without padding (section 4.2).
bool is_pkce_challenge(std::string_view challenge);
// False as well when either is malformed.
bool pkce_matches(std::string_view verifier, std::string_view challenge);

}  // namespace posy::crypto
