#include "text/search.hpp"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "text/characters.hpp"
#include "text/normalize.hpp"

namespace posy::text {
namespace {

bool is_quote(char32_t c) {
  return c == '"' || c == 0x201c || c == 0x201d || c == 0x201e;
}
bool is_space(char32_t c) {
  return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

std::string to_lower(std::string_view text) {
  auto piece = icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()));
  std::string out;
  icu::UnicodeString::fromUTF8(piece).toLower(icu::Locale::getRoot()).toUTF8String(out);
  return out;
}

// Without what is neither word nor symbol at both ends: "(cats," is "cats".
std::string_view trim(std::string_view word) {
  auto counts = [](char32_t c) {
    return is_word(c) || u_charType(static_cast<UChar32>(c)) == U_OTHER_SYMBOL;
  };
  while (!word.empty()) {
    std::size_t next = 0;
    if (counts(next_character(word, next))) break;
    word.remove_prefix(next);
  }
  while (!word.empty() && !counts(character_before(word, word.size()))) {
    word.remove_suffix(1);
    while (!word.empty() && (static_cast<unsigned char>(word.back()) & 0xc0) == 0x80) word.remove_suffix(1);
  }
  return word;
}

}  // namespace

std::vector<std::string> search_words(std::string_view query) {
  std::string text = to_lower(scrub(query.substr(0, search_bytes_max)));
  std::vector<std::string> items;
  std::string item;
  bool is_phrase = false;
  auto finish = [&] {
    std::string_view trimmed = trim(item);
    if (!trimmed.empty() && items.size() < search_words_max) items.emplace_back(trimmed);
    item.clear();
  };
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t start = at;
    char32_t c = next_character(text, at);
    if (is_quote(c)) {
      finish();
      is_phrase = !is_phrase;
    } else if (!is_space(c)) {
      item.append(text, start, at - start);
    } else if (!is_phrase) {
      finish();
    } else if (!item.empty() && item.back() != ' ') {
      item += ' ';
    }
  }
  finish();
  return items;
}

}  // namespace posy::text
