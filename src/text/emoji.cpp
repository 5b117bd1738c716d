#include "text/emoji.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <unordered_set>

#include "text/characters.hpp"

namespace posy::text {
namespace {

constexpr std::size_t emoji_bytes_max = 64;  // the longest sequence in use has 35
constexpr char16_t emoji_style = 0xfe0f;     // variation selector 16

bool touches(char32_t c) {
  return c == ':' || (c != no_character && u_isalnum(static_cast<UChar32>(c)) != 0);
}
bool is_shortcode_character(char c) {
  return c == '_' || is_ascii_alphanumeric(static_cast<unsigned char>(c));
}

// Behind the tag that starts at `at` and ends somewhere, or behind the '<' when it is no tag.
std::size_t skip_tag(std::string_view text, std::size_t at) {
  char32_t next = character_at(text, at + 1);
  return next == '/' || is_ascii_letter(next) ? text.find('>', at) + 1 : at + 1;
}

bool is_emoji(icu::UnicodeString const& text) {
  return u_stringHasBinaryProperty(text.getBuffer(), text.length(), UCHAR_RGI_EMOJI) != 0;
}

}  // namespace

std::vector<std::string> find_shortcodes(std::string_view text) {
  std::vector<std::string> found;
  std::unordered_set<std::string_view> known;
  std::size_t at = 0;
  std::size_t last_tag_end = text.rfind('>');
  if (last_tag_end == std::string_view::npos) last_tag_end = 0;  // a '<' behind it begins no tag
  while ((at = text.find_first_of("<:", at)) != std::string_view::npos) {
    if (text[at] == '<') {
      at = at < last_tag_end ? skip_tag(text, at) : at + 1;
      continue;
    }
    std::size_t end = at + 1;
    while (end < text.size() && is_shortcode_character(text[end])) ++end;
    bool is_closed = end < text.size() && text[end] == ':' && end > at + 2;
    if (is_closed && !touches(character_before(text, at)) && !touches(character_at(text, end + 1))) {
      std::string_view name = text.substr(at + 1, end - at - 1);
      if (known.insert(name).second) found.emplace_back(name);
      ++end;
    }
    at = end;
  }
  return found;
}

bool is_single_emoji(std::string_view text) {
  if (text.empty() || text.size() > emoji_bytes_max) return false;
  auto emoji =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  if (is_emoji(emoji)) return true;
  // Keyboards differ in whether they ask for the picture style: try with it and without.
  if (emoji.charAt(emoji.length() - 1) == emoji_style)
    emoji.truncate(emoji.length() - 1);
  else
    emoji.append(emoji_style);
  return is_emoji(emoji);
}

}  // namespace posy::text
