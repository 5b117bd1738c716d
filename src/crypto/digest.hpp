// SHA-256 and SHA-512 (FIPS 180-4), HMAC-SHA-256 (RFC 2104), and comparing secrets. Results are raw bytes, 32
// and for SHA-512 64 of them.
#pragma once

#include <string>
#include <string_view>

namespace posy::crypto {

std::string sha256(std::string_view bytes);
std::string sha256_hex(std::string_view bytes);
std::string sha512(std::string_view bytes);
std::string hmac_sha256(std::string_view key, std::string_view bytes);
// Takes the same time wherever the two differ; the length is no secret.
bool constant_time_equal(std::string_view a, std::string_view b);

}  // namespace posy::crypto
