// Code points in UTF-8 text. Broken bytes read as U+FFFD, one byte at a time, so no loop can get stuck.
#pragma once

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <string_view>

namespace posy::text {

inline constexpr char32_t no_character = 0;

// The code point at `at`, which moves behind it. `at` must be inside the text.
inline char32_t next_character(std::string_view text, std::size_t& at) {
  auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return ++at, first;
  UChar32 code;
  auto size = static_cast<std::int64_t>(text.size());
  auto index = static_cast<std::int64_t>(at);
  U8_NEXT_OR_FFFD(text.data(), index, size, code);
  at = static_cast<std::size_t>(index);
  return static_cast<char32_t>(code);
}

// The code point that starts at `at`, or no_character at the end.
inline char32_t character_at(std::string_view text, std::size_t at) {
  return at < text.size() ? next_character(text, at) : no_character;
}

// The code point that ends at `at`, or no_character at the start.
inline char32_t character_before(std::string_view text, std::size_t at) {
  if (at == 0) return no_character;
  std::string_view last = text.substr(at < 4 ? 0 : at - 4, at < 4 ? at : 4);  // ICU looks no further back
  auto index = static_cast<std::int32_t>(last.size());
  UChar32 code;
  U8_PREV_OR_FFFD(last.data(), 0, index, code);
  return static_cast<char32_t>(code);
}

inline bool is_ascii_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
inline bool is_ascii_digit(char32_t c) {
  return c >= '0' && c <= '9';
}
inline bool is_ascii_alphanumeric(char32_t c) {
  return is_ascii_letter(c) || is_ascii_digit(c);
}
inline bool is_html_space(char32_t c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

// Letters, marks, digits and the underscore, in all scripts.
inline bool is_word(char32_t c) {
  if (c < 0x80) return is_ascii_alphanumeric(c) || c == '_';
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK)) != 0;
}

// Controls other than newline and tab, and what Unicode reserves as "not a character".
inline bool is_unwanted(char32_t c) {
  if (c < 0x20) return c != '\n' && c != '\t';
  return (c >= 0x7f && c < 0xa0) || U_IS_UNICODE_NONCHAR(c);
}

}  // namespace posy::text
