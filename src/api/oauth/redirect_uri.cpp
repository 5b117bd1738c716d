#include "api/oauth/redirect_uri.hpp"

#include <algorithm>

#include "base/encoding.hpp"

namespace posy::api {
namespace {

// What a browser would run, or show as if it were ours.
constexpr std::string_view forbidden_schemes[] = {"about",      "blob",       "data",     "file",
                                                  "filesystem", "javascript", "vbscript", "view-source"};

constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// In lower case; empty when there is none (RFC 3986, section 3.1).
std::string scheme_of(std::string_view uri) {
  auto colon = uri.find(':');
  if (colon == uri.npos || colon == 0 || !is_letter(uri[0])) return {};
  std::string scheme(uri.substr(0, colon));
  for (char& c : scheme) {
    if (!is_letter(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') return {};
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return scheme;
}

// "host:port" of "scheme://host:port/path"; empty when there is none, or a name and password before it.
std::string_view authority_of(std::string_view uri) {
  auto start = uri.find("://");
  if (start == uri.npos) return {};
  auto rest = uri.substr(start + 3);
  auto authority = rest.substr(0, rest.find_first_of("/?"));
  return authority.find('@') == authority.npos ? authority : std::string_view{};
}

bool is_web(std::string_view scheme) {
  return scheme == "http" || scheme == "https";
}

}  // namespace

bool is_redirect_uri(std::string_view uri) {
  if (uri == out_of_band) return true;
  if (uri.empty() || uri.size() > redirect_uri_bytes_max) return false;
  bool plain = std::ranges::all_of(uri, [](unsigned char c) {
    return c > 0x20 && c < 0x7f && c != '#' && c != '"' && c != '<' && c != '>' && c != '\\' && c != '`';
  });
  auto scheme = scheme_of(uri);
  if (!plain || scheme.empty() || std::ranges::find(forbidden_schemes, scheme) != std::end(forbidden_schemes))
    return false;
  if (is_web(scheme)) {
    auto authority = authority_of(uri);
    // The policy of the consent page holds this, so nothing may end it there.
    return !authority.empty() && authority.find_first_of(";,'*") == authority.npos;
  }
  return uri.size() > scheme.size() + 1;
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    auto end = text.find_first_of(" \t\r\n");
    if (end != 0) lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return lines;
}

Result<std::vector<std::string>> parse_redirect_uris(std::vector<std::string> const& given) {
  std::vector<std::string> uris;
  for (auto const& text : given)
    for (auto& uri : split_lines(text))
      if (std::ranges::find(uris, uri) == uris.end()) uris.push_back(std::move(uri));
  if (uris.empty()) return unprocessable("Validation failed: Redirect URI can't be blank");
  if (uris.size() > redirect_uris_max)
    return unprocessable("Validation failed: Redirect URI has too many entries");
  for (auto const& uri : uris)
    if (!is_redirect_uri(uri))
      return unprocessable("Validation failed: Redirect URI must be an absolute URI.");
  return uris;
}

std::string with_params(std::string_view uri,
                        std::vector<std::pair<std::string_view, std::string_view>> const& params) {
  std::string out(uri);
  char join = uri.find('?') == uri.npos ? '?' : '&';
  for (auto const& [name, value] : params) {
    if (value.empty()) continue;
    out += join;
    out += name;
    out += '=';
    out += percent_encode(value);
    join = '&';
  }
  return out;
}

std::string csp_source(std::string_view uri) {
  auto scheme = scheme_of(uri);
  if (uri == out_of_band || scheme.empty()) return {};
  if (!is_web(scheme)) return scheme + ":";
  return scheme + "://" + std::string(authority_of(uri));
}

}  // namespace posy::api
