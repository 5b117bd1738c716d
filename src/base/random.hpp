// Randomness from the kernel, for secrets and identifiers alike.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace posy {

void fill_random(std::span<unsigned char> bytes);
std::uint64_t random_number();
// `bytes` random bytes as base64url without padding: 32 bytes give 43 characters.
std::string random_token(std::size_t bytes = 32);

}  // namespace posy
