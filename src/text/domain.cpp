#include <idn2.h>

#include <algorithm>
#include <boost/url/ipv6_address.hpp>
#include <boost/url/parse.hpp>
#include <memory>

#include "text/characters.hpp"
#include "text/links.hpp"
#include "text/normalize.hpp"

namespace posy::text {
namespace {

constexpr std::size_t domain_bytes_max = 253;
constexpr std::size_t label_bytes_max = 63;

// libidn2 allocates what it returns.
struct FreeIdn {
  void operator()(char* text) const { idn2_free(text); }
};
using IdnText = std::unique_ptr<char, FreeIdn>;

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= label_bytes_max && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(
             label, [](char c) { return c == '-' || is_ascii_alphanumeric(static_cast<unsigned char>(c)); });
}

bool is_ascii_domain(std::string_view domain) {
  if (domain.size() > domain_bytes_max) return false;
  while (true) {
    std::size_t dot = domain.find('.');
    if (!is_label(domain.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    domain.remove_prefix(dot + 1);
  }
}

bool is_port(std::string_view port) {
  if (port.empty() || port.size() > 5) return false;
  unsigned value = 0;
  for (char c : port) {
    if (!is_ascii_digit(static_cast<unsigned char>(c))) return false;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value > 0 && value <= 65535;
}

bool is_authority(std::string_view authority) {
  std::size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
  if (bracket == std::string_view::npos) return false;
  std::size_t colon = authority.find(':', bracket);
  std::string_view host = authority.substr(0, colon);
  if (colon != std::string_view::npos && !is_port(authority.substr(colon + 1))) return false;
  if (bracket == 0) return to_ascii_domain(host).has_value();
  return host.ends_with(']') && boost::urls::parse_ipv6_address(host.substr(1, host.size() - 2)).has_value();
}

bool is_url_character(char32_t c) {
  return c > ' ' && c != '<' && c != '>' && c != '"' && c != '\\' && c != 0xfffd && !is_unwanted(c) &&
         !u_isUWhiteSpace(static_cast<UChar32>(c));
}

}  // namespace

std::optional<std::string> to_ascii_domain(std::string_view domain) {
  // Four bytes a character at most, so that hostile input costs nothing in the conversion.
  if (domain.empty() || domain.size() > 4 * domain_bytes_max || domain.find('\0') != std::string_view::npos)
    return {};
  bool is_ascii = std::ranges::all_of(domain, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  std::string name = fold_username(domain);
  if (!is_ascii || name.find("xn--") != std::string::npos) {
    char* converted = nullptr;
    int flags = IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL | IDN2_USE_STD3_ASCII_RULES;
    if (idn2_to_ascii_8z(name.c_str(), &converted, flags) != IDN2_OK) return {};
    name = IdnText(converted).get();
  }
  if (!is_ascii_domain(name)) return {};
  return name;
}

std::string to_unicode_domain(std::string_view domain) {
  std::string name(domain);
  char* converted = nullptr;
  if (domain.size() > domain_bytes_max || idn2_to_unicode_8z8z(name.c_str(), &converted, 0) != IDN2_OK)
    return name;
  return IdnText(converted).get();
}

std::optional<std::string> normalize_url(std::string_view url) {
  if (!is_web_link(url) || url.size() > url_bytes_max) return {};
  for (std::size_t at = 0; at < url.size();) {
    if (!is_url_character(next_character(url, at))) return {};
  }
  std::size_t host = url.find("//") + 2;
  std::size_t path = std::min(url.find_first_of("/?#", host), url.size());
  if (!is_authority(url.substr(host, path - host))) return {};
  return std::string(url);
}

}  // namespace posy::text
