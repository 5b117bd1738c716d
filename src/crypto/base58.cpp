#include "crypto/base58.hpp"

#include <array>
#include <vector>

#include "base/assert.hpp"

namespace posy::crypto {
namespace {

constexpr std::string_view alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr char multibase_prefix = 'z';

// Every byte takes less than 1.4 digits, every digit less than one byte.
constexpr std::size_t text_bytes_max = base58_bytes_max * 138 / 100 + 1;

constexpr auto digits = [] {
  std::array<signed char, 256> table{};
  table.fill(-1);
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    table[static_cast<unsigned char>(alphabet[i])] = static_cast<signed char>(i);
  return table;
}();

// number = number * factor + carry, where the number's places, lowest first, are below `base`.
void multiply_add(std::vector<unsigned>& number, unsigned base, unsigned factor, unsigned carry) {
  for (unsigned& place : number) {
    carry += place * factor;
    place = carry % base;
    carry /= base;
  }
  for (; carry > 0; carry /= base) number.push_back(carry % base);
}

}  // namespace

std::string to_base58(std::string_view bytes) {
  POSY_ASSERT(bytes.size() <= base58_bytes_max);
  // Zero bytes in front do not change the number; each is written as the digit zero.
  std::size_t zeros = 0;
  while (zeros < bytes.size() && bytes[zeros] == '\0') ++zeros;
  std::vector<unsigned> number;
  for (unsigned char byte : bytes.substr(zeros)) multiply_add(number, 58, 256, byte);
  std::string out(zeros, alphabet[0]);
  for (auto place = number.rbegin(); place != number.rend(); ++place) out += alphabet[*place];
  return out;
}

std::optional<std::string> from_base58(std::string_view text) {
  if (text.size() > text_bytes_max) return {};
  std::size_t zeros = 0;
  while (zeros < text.size() && text[zeros] == alphabet[0]) ++zeros;
  std::vector<unsigned> number;
  for (unsigned char c : text.substr(zeros)) {
    if (digits[c] < 0) return {};
    multiply_add(number, 256, 58, static_cast<unsigned>(digits[c]));
  }
  if (zeros + number.size() > base58_bytes_max) return {};
  std::string out(zeros, '\0');
  for (auto place = number.rbegin(); place != number.rend(); ++place) out += static_cast<char>(*place);
  return out;
}

std::string to_multibase(std::string_view bytes) {
  return multibase_prefix + to_base58(bytes);
}

std::optional<std::string> from_multibase(std::string_view text) {
  if (!text.starts_with(multibase_prefix)) return {};
  return from_base58(text.substr(1));
}

}  // namespace posy::crypto
