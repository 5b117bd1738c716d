#include "text/url_scan.hpp"

#include "text/characters.hpp"
#include "text/links.hpp"
#include "text/normalize.hpp"

namespace posy::text {
namespace {

constexpr std::size_t host_bytes_max = 1012;  // 253 characters of UTF-8

bool is_host_character(char32_t c) {
  return c == '-' || (c != '_' && is_word(c));
}

bool is_path_character(char32_t c) {
  if (c < 0x80) {
    constexpr std::string_view others = "!#$%&'()*+,-./:;=?@[]_~|";
    return is_ascii_alphanumeric(c) ||
           (c != 0 && others.find(static_cast<char>(c)) != std::string_view::npos);
  }
  // Addresses in other scripts are written as they are; quotes, dashes and full stops belong to the text.
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0;
}

// "example.comです": no top-level domain mixes scripts, so the text goes on where ASCII letters end.
std::size_t without_following_text(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t label = text.substr(begin, end - begin).rfind('.');
  if (label == std::string_view::npos) return end;
  std::size_t at = begin + label + 1;
  std::size_t start = at;
  while (at < end && is_ascii_alphanumeric(static_cast<unsigned char>(text[at]))) ++at;
  bool is_mixed = at > start + 1 && at < end && static_cast<unsigned char>(text[at]) >= 0x80;
  return is_mixed ? at : end;
}

std::size_t host_end(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  for (std::size_t i = begin; i < text.size() && i - begin <= host_bytes_max;) {
    char32_t c = next_character(text, i);
    if (is_host_character(c))
      end = i;
    else if (c != '.' || end == begin)
      break;
  }
  end = without_following_text(text, begin, end);
  return to_ascii_domain(text.substr(begin, end - begin)) ? end : begin;
}

// Takes ":8080" along.
std::size_t port_end(std::string_view text, std::size_t at) {
  if (at == text.size() || text[at] != ':') return at;
  std::size_t end = at + 1;
  while (end < text.size() && is_ascii_digit(static_cast<unsigned char>(text[end]))) ++end;
  bool is_port = end > at + 1 && end - at <= 6;
  return is_port ? end : at;
}

std::size_t path_end(std::string_view text, std::size_t begin) {
  std::ptrdiff_t round = 0, square = 0;  // brackets open so far
  std::size_t end = begin;
  while (end < text.size()) {
    std::size_t next = end;
    if (!is_path_character(next_character(text, next))) break;
    round += text[end] == '(' ? 1 : text[end] == ')' ? -1 : 0;
    square += text[end] == '[' ? 1 : text[end] == ']' ? -1 : 0;
    end = next;
  }
  // What ends the sentence or closes a bracket opened before the address.
  constexpr std::string_view trailing = ".,:;!?'*~|([";
  for (; end > begin; --end) {
    char last = text[end - 1];
    if (last == ')' && round < 0)
      ++round;
    else if (last == ']' && square < 0)
      ++square;
    else if (trailing.find(last) == std::string_view::npos)
      break;
    else if (last == '(')
      --round;
    else if (last == '[')
      --square;
  }
  return end;
}

}  // namespace

std::size_t url_end(std::string_view text, std::size_t at, char32_t before) {
  if (is_ascii_alphanumeric(before) || before == '@' || before == '#' || before == '$') return 0;
  std::string_view rest = text.substr(at);
  if (!is_web_link(rest)) return 0;
  std::size_t host = at + rest.find("//") + 2;
  std::size_t end = host_end(text, host);
  if (end == host) return 0;
  if (end < text.size() && text[end] == '@') return 0;  // user@host hides where it leads
  end = port_end(text, end);
  bool has_path = end < text.size() && (text[end] == '/' || text[end] == '?' || text[end] == '#');
  return has_path ? path_end(text, end) : end;
}

}  // namespace posy::text
