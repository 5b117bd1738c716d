#include "http/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/url/parse.hpp>
#include <charconv>
#include <vector>

namespace posy::http {
namespace {

namespace urls = boost::urls;

constexpr std::size_t url_bytes_max = 4096;
constexpr std::size_t name_bytes_max = 253;
constexpr std::size_t label_bytes_max = 63;

Error bad() {
  return unprocessable("Not a web address");
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f');
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return out;
}

// People and programs write into paths what RFC 3986 does not let in; it means the same encoded. Spaces,
// controls and backslashes do not: readers differ in what they make of them.
std::optional<std::string> clean_target(std::string_view text) {
  constexpr std::string_view encoded = "\"<>[]^`{|}";
  std::string out;
  out.reserve(text.size());
  if (!text.starts_with('/')) out += '/';
  for (char each : text) {
    auto c = static_cast<unsigned char>(each);
    if (c <= ' ' || c == 0x7f || c == '\\') return {};
    if (c >= 0x80 || encoded.find(each) != encoded.npos) {
      out += fmt::format("%{:02X}", c);
    } else {
      out += each;
    }
  }
  if (out.size() > url_bytes_max || !urls::parse_origin_form(out)) return {};
  return out;
}

// Labels of letters, digits and inner hyphens (RFC 1123, section 2.1). A name whose last label is a number
// is an address to some readers.
bool is_host_name(std::string_view name) {
  if (name.empty() || name.size() > name_bytes_max) return false;
  std::string_view label;
  for (bool last = false; !last;) {
    auto dot = name.find('.');
    last = dot == name.npos;
    label = name.substr(0, dot);
    if (label.empty() || label.size() > label_bytes_max || label.front() == '-' || label.back() == '-')
      return false;
    if (!std::ranges::all_of(label, [](char c) { return is_letter(c) || is_digit(c) || c == '-'; }))
      return false;
    if (!last) name.remove_prefix(dot + 1);
  }
  if (std::ranges::all_of(label, is_digit)) return false;
  return !(label.starts_with("0x") && std::ranges::all_of(label.substr(2), is_hex_digit));
}

// "host", "host:port", "[address]:port". Taken apart by hand: Boost.URL 1.81 reads "1.2.3.4.example" as the
// host 1.2.3.4 and a path.
bool read_authority(std::string_view text, Url& url) {
  bool const is_bracketed = text.starts_with('[');
  auto host_end = is_bracketed ? text.find(']') : std::min(text.find(':'), text.size());
  if (host_end == text.npos) return false;
  url.host = lower(is_bracketed ? text.substr(1, host_end - 1) : text.substr(0, host_end));
  std::string_view rest = text.substr(host_end + (is_bracketed ? 1 : 0));
  if (!rest.empty() && rest.front() != ':') return false;
  if (rest.size() > 1) {
    rest.remove_prefix(1);
    auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), url.port);
    if (error != std::errc{} || end != rest.data() + rest.size() || url.port == 0) return false;
  }
  if (!is_bracketed && is_host_name(url.host)) return true;
  boost::system::error_code error;
  auto address = boost::asio::ip::make_address(url.host, error);
  if (error || address.is_v6() != is_bracketed || url.host.find('%') != url.host.npos) return false;
  url.host = address.to_string();
  url.address = parse_address(url.host);
  return url.address.has_value();
}

// The scheme, if there is one (RFC 3986, section 3.1), without its colon.
std::optional<std::string> scheme_of(std::string_view text) {
  auto end = text.find_first_of(":/?#");
  if (end == text.npos || text[end] != ':') return {};
  return lower(text.substr(0, end));
}

// RFC 3986, section 5.2.4.
std::string without_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  bool ends_in_slash = false;
  while (!path.empty()) {
    path.remove_prefix(1);  // its slash
    auto end = std::min(path.find('/'), path.size());
    std::string_view segment = path.substr(0, end);
    path.remove_prefix(end);
    ends_in_slash = segment == "." || segment == "..";
    if (segment == ".." && !kept.empty()) kept.pop_back();
    if (!ends_in_slash) kept.push_back(segment);
  }
  std::string out;
  for (auto segment : kept) out.append("/").append(segment);
  if (ends_in_slash || out.empty()) out += '/';
  return out;
}

std::string bracketed(std::string const& host) {
  return host.find(':') == host.npos ? host : "[" + host + "]";
}

}  // namespace

std::string Url::authority() const {
  if (port == (is_https ? 443 : 80)) return bracketed(host);
  return fmt::format("{}:{}", bracketed(host), port);
}

std::string Url::origin() const {
  return fmt::format("{}://{}:{}", is_https ? "https" : "http", bracketed(host), port);
}

std::string Url::text() const {
  return fmt::format("{}://{}{}", is_https ? "https" : "http", authority(), target);
}

Result<Url> parse_url(std::string_view text) {
  if (text.size() > url_bytes_max) return bad();
  auto scheme = scheme_of(text);
  if (!scheme || (*scheme != "https" && *scheme != "http")) return bad();
  Url url;
  url.is_https = *scheme == "https";
  url.port = url.is_https ? 443 : 80;
  text.remove_prefix(scheme->size() + 1);
  if (!text.starts_with("//")) return bad();
  text = text.substr(2, text.find('#') - 2);  // npos is longer than any text
  auto authority_end = std::min(text.find_first_of("/?"), text.size());
  if (!read_authority(text.substr(0, authority_end), url)) return bad();
  auto target = clean_target(text.substr(authority_end));
  if (!target) return bad();
  url.target = std::move(*target);
  return url;
}

Result<Url> resolve_url(Url const& base, std::string_view reference) {
  if (reference.size() > url_bytes_max) return bad();
  if (scheme_of(reference)) return parse_url(reference);
  if (reference.starts_with("//"))
    return parse_url((base.is_https ? "https:" : "http:") + std::string(reference));
  reference = reference.substr(0, reference.find('#'));
  if (reference.empty()) return base;
  std::string_view base_path = std::string_view(base.target).substr(0, base.target.find('?'));
  auto path_end = std::min(reference.find('?'), reference.size());
  std::string_view path = reference.substr(0, path_end), query = reference.substr(path_end);
  std::string joined(base_path);
  if (path.starts_with('/')) joined = path;
  if (!path.empty() && !path.starts_with('/')) joined.replace(joined.rfind('/') + 1, joined.npos, path);
  auto target = clean_target(without_dot_segments(joined).append(query));
  if (!target) return bad();
  Url url = base;
  url.target = std::move(*target);
  return url;
}

}  // namespace posy::http
