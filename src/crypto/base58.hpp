// base58btc (the Bitcoin alphabet) and its multibase form, which is "z" before it. Both directions take
// quadratic time, so both are for keys and signatures only.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace posy::crypto {

constexpr std::size_t base58_bytes_max = 128;

// At most base58_bytes_max bytes; more is our own mistake.
std::string to_base58(std::string_view bytes);
// Nothing for another alphabet and for what stands for more than base58_bytes_max bytes.
std::optional<std::string> from_base58(std::string_view text);

std::string to_multibase(std::string_view bytes);
// Only base58btc; nothing for every other base.
std::optional<std::string> from_multibase(std::string_view text);

}  // namespace posy::crypto
