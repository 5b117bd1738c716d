#include "text/slug.hpp"

#include <unicode/translit.h>

#include <algorithm>
#include <memory>

namespace posy::text {
namespace {

constexpr std::size_t title_bytes_max = 1000;  // of which an address is made

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string in_latin(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<icu::Transliterator> latin(
      icu::Transliterator::createInstance("Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, error));
  std::string out;
  if (U_FAILURE(error) || !latin) return out;
  auto converted = icu::UnicodeString::fromUTF8({text.data(), static_cast<int>(text.size())});
  latin->transliterate(converted);
  converted.toUTF8String(out);
  return out;
}

}  // namespace

std::string make_slug(std::string_view title) {
  std::string out;
  for (char c : in_latin(title.substr(0, title_bytes_max))) {
    if (is_letter(c) || is_digit(c))
      out += c;
    else if (c != '\'' && !out.empty() && out.back() != '-')
      out += '-';
  }
  if (out.size() > slug_bytes_max) {
    auto word = out.rfind('-', slug_bytes_max);
    out.resize(word == out.npos ? slug_bytes_max : word);
  }
  while (out.ends_with('-')) out.pop_back();
  return std::ranges::any_of(out, is_letter) ? out : std::string();
}

bool is_slug(std::string_view slug) {
  bool has_letter = false;
  char before = '-';
  for (char c : slug) {
    if (!is_letter(c) && !is_digit(c) && (c != '-' || before == '-')) return false;
    has_letter |= is_letter(c);
    before = c;
  }
  return has_letter && before != '-' && slug.size() <= slug_bytes_max;
}

}  // namespace posy::text
