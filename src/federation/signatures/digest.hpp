// Digests of a body in a header, by which a signature over headers covers the body: `Digest` (RFC 3230, with
// draft-cavage signatures) and `Content-Digest` (RFC 9530, with RFC 9421).
//
// Checking: every digest with SHA-256 or SHA-512 must be right and there must be one; other algorithms are
// passed over. Refuses with unauthorized.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace posy::signatures {

std::string make_digest(std::string_view body);          // "SHA-256=..."
std::string make_content_digest(std::string_view body);  // "sha-256=:...:"

Result<> check_digest(std::string_view header, std::string_view body);
Result<> check_content_digest(std::string_view header, std::string_view body);

}  // namespace posy::signatures
