#include "text/entities.hpp"

#include "text/characters.hpp"
#include "text/links.hpp"
#include "text/url_scan.hpp"

namespace posy::text {
namespace {

constexpr std::size_t name_bytes_max = 100;
constexpr std::size_t domain_bytes_max = 500;  // before punycode
constexpr std::size_t tag_characters_max = 500;

bool is_name_character(char c) {
  return c == '_' || is_ascii_alphanumeric(static_cast<unsigned char>(c));
}
// A middle dot, a katakana middle dot and a zero-width non-joiner hold the parts of a tag together.
bool is_tag_joiner(char32_t c) {
  return c == 0xb7 || c == 0x30fb || c == 0x200c;
}

// Behind the name at `at`: letters, digits, underscores, and dots and hyphens inside.
std::size_t name_end(std::string_view text, std::size_t at) {
  std::size_t end = at;
  for (std::size_t i = at; i < text.size(); ++i) {
    if (is_name_character(text[i]))
      end = i + 1;
    else if (end == at || (text[i] != '.' && text[i] != '-'))
      break;
  }
  return end;
}

std::size_t domain_end(std::string_view text, std::size_t at) {
  std::size_t end = at;
  for (std::size_t i = at; i < text.size();) {
    char32_t c = next_character(text, i);
    if (is_word(c))
      end = i;
    else if (end == at || (c != '.' && c != '-'))
      break;
  }
  return end;
}

// `at` is behind the '@'. Zero when no mention stands here.
std::size_t mention_end(std::string_view text, std::size_t at) {
  std::size_t end = name_end(text, at);
  if (end == at || end - at > name_bytes_max) return 0;
  if (end == text.size() || text[end] != '@') return end;
  std::size_t domain = domain_end(text, end + 1);
  bool has_domain = domain > end + 1 && domain - end <= domain_bytes_max;
  return has_domain ? domain : end;
}

std::size_t hashtag_end(std::string_view text, std::size_t at) {
  std::size_t end = 0;
  bool has_other = false, has_letter_or_digit = false;
  std::size_t characters = 0;
  for (std::size_t i = at; i < text.size() && characters <= tag_characters_max; ++characters) {
    char32_t c = next_character(text, i);
    if (is_word(c)) {
      end = i;
      has_letter_or_digit |= c != '_';
      has_other |= !u_isdigit(static_cast<UChar32>(c));
    } else if (end == 0 || !is_tag_joiner(c)) {
      break;
    }
  }
  return has_other && has_letter_or_digit && characters <= tag_characters_max ? end : 0;
}

bool may_begin_entity(char c) {
  return c == '@' || c == '#' || c == 'h' || c == 'H';
}
bool may_precede_mention(char32_t c) {
  return c != '=' && c != '/' && !is_word(c);
}
bool may_precede_hashtag(char32_t c) {
  return c != '=' && c != '/' && c != ')' && c != '&' && !is_word(c);
}

}  // namespace

std::vector<Entity> find_entities(std::string_view text) {
  std::vector<Entity> found;
  std::size_t at = 0;
  while (true) {
    while (at < text.size() && !may_begin_entity(text[at])) ++at;
    if (at >= text.size()) return found;
    char32_t before = character_before(text, at);
    std::size_t end = 0;
    Entity::Kind kind{};
    if (text[at] == '@') {
      kind = Entity::Kind::mention;
      if (may_precede_mention(before)) end = mention_end(text, at + 1);
    } else if (text[at] == '#') {
      kind = Entity::Kind::hashtag;
      if (may_precede_hashtag(before)) end = hashtag_end(text, at + 1);
    } else {
      kind = Entity::Kind::url;
      end = url_end(text, at, before);
    }
    // What is too long to be followed stays text, but must not be looked through again and again.
    if (end != 0 && end - at <= link_bytes_max) found.push_back({kind, at, end});
    at = end != 0 ? end : at + 1;
  }
}

}  // namespace posy::text
