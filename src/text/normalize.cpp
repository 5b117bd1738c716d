#include "text/normalize.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <stdexcept>

#include "base/encoding.hpp"
#include "text/characters.hpp"

namespace posy::text {
namespace {

using FindNormalizer = icu::Normalizer2 const* (*)(UErrorCode&);

std::string normalize(std::string_view text, FindNormalizer find) {
  UErrorCode status = U_ZERO_ERROR;
  icu::Normalizer2 const* normalizer = find(status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(text.size()));
  if (U_SUCCESS(status)) {
    normalizer->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink,
                              nullptr, status);
  }
  if (U_FAILURE(status))
    throw std::runtime_error(std::string("ICU cannot normalise text: ") + u_errorName(status));
  return out;
}

bool is_tag_character(char32_t c) {
  return is_word(c) || c == 0xb7 || c == 0x30fb;
}

}  // namespace

std::string scrub(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool is_ascii = true;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t start = at;
    while (at < text.size() && text[at] >= ' ' && text[at] < 0x7f) ++at;
    out.append(text, start, at - start);
    if (at == text.size()) break;
    start = at;
    char32_t c = next_character(text, at);
    if (c == '\r') {
      out += '\n';
      if (at < text.size() && text[at] == '\n') ++at;
    } else if (c == 0xfffd) {
      out += "\xef\xbf\xbd";
      is_ascii = false;
    } else if (!is_unwanted(c)) {
      out.append(text, start, at - start);
      is_ascii = is_ascii && c < 0x80;
    }
  }
  return is_ascii ? out : normalize(out, icu::Normalizer2::getNFCInstance);
}

std::optional<std::string> clean(std::string_view text) {
  if (!is_valid_utf8(text)) return {};
  return scrub(text);
}

std::string fold_tag(std::string_view tag) {
  std::string folded = normalize(scrub(tag), icu::Normalizer2::getNFKCCasefoldInstance);
  std::string out;
  std::size_t at = 0;
  while (at < folded.size()) {  // a few letters are short for words with spaces
    std::size_t start = at;
    if (is_tag_character(next_character(folded, at))) out.append(folded, start, at - start);
  }
  return out;
}

std::string fold_username(std::string_view username) {
  std::string out(username);
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

bool is_valid_username(std::string_view username) {
  return !username.empty() && username.size() <= username_characters_max &&
         std::ranges::all_of(username, [](char c) {
           return c == '_' || is_ascii_alphanumeric(static_cast<unsigned char>(c));
         });
}

}  // namespace posy::text
