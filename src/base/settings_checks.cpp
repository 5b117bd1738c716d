#include "base/settings_checks.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <initializer_list>

namespace posy::setting_checks {
namespace {

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::optional<long long> parse_number(std::string_view text) {
  long long value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

bool is_port(std::string_view text) {
  auto port = parse_number(text);
  return port && *port >= 1 && *port <= 65535 && text.front() != '-';
}

// Labels of letters, digits and inner hyphens (RFC 1123, section 2.1).
bool is_domain(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  while (true) {
    auto dot = text.find('.');
    auto label = text.substr(0, dot);
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    if (!std::ranges::all_of(label, [](char c) { return is_alphanumeric(c) || c == '-'; })) return false;
    if (dot == text.npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool is_address(std::string_view text, int family) {
  unsigned char buffer[sizeof(in6_addr)];
  return inet_pton(family, std::string{text}.c_str(), buffer) == 1;
}

// "host:port" in two; the host of "[::1]:80" comes without its brackets.
struct Endpoint {
  std::string_view host, port;
  bool has_brackets = false;
};
std::optional<Endpoint> split_endpoint(std::string_view text) {
  auto colon = text.rfind(':');
  if (colon == text.npos) return {};
  Endpoint endpoint{text.substr(0, colon), text.substr(colon + 1)};
  if (endpoint.host.starts_with('[') && endpoint.host.ends_with(']')) {
    endpoint.host = endpoint.host.substr(1, endpoint.host.size() - 2);
    endpoint.has_brackets = true;
  }
  return endpoint;
}

bool is_host(std::string_view text) {
  auto colon = text.find(':');
  return is_domain(text.substr(0, colon)) && (colon == text.npos || is_port(text.substr(colon + 1)));
}

bool has_prefix_and_more(std::string_view text, std::initializer_list<std::string_view> prefixes) {
  return std::ranges::any_of(
      prefixes, [&](auto prefix) { return text.starts_with(prefix) && text.size() > prefix.size(); });
}

Complaint unless(bool right, std::string_view complaint) {
  return right ? Complaint{} : Complaint{std::string{complaint}};
}

}  // namespace

Complaint anything(std::string_view) {
  return {};
}

Complaint not_empty(std::string_view value) {
  return unless(!value.empty(), "must not be empty");
}

Complaint host(std::string_view value) {
  return unless(is_host(value), "must be a host name such as example.org or localhost:8080");
}

Complaint listen(std::string_view value) {
  auto endpoint = split_endpoint(value);
  bool right =
      endpoint && is_port(endpoint->port) &&
      (endpoint->has_brackets ? is_address(endpoint->host, AF_INET6) : is_address(endpoint->host, AF_INET));
  return unless(right, "must be an address with a port, such as 127.0.0.1:8080 or [::1]:8080");
}

Complaint base_url(std::string_view value) {
  auto rest = value.starts_with("https://")  ? value.substr(8)
              : value.starts_with("http://") ? value.substr(7)
                                             : "";
  if (rest.ends_with('/')) rest.remove_suffix(1);
  return unless(is_host(rest), "must be a URL without a path, such as https://example.org");
}

Complaint database(std::string_view value) {
  return unless(has_prefix_and_more(value, {"sqlite:", "postgres://", "postgresql://"}),
                "must be sqlite:FILE or postgres://...");
}

Complaint media_store(std::string_view value) {
  return unless(has_prefix_and_more(value, {"file:", "s3:"}), "must be file:FOLDER or s3:...");
}

Complaint network(std::string_view value) {
  auto slash = value.find('/');
  auto address = value.substr(0, slash);
  bool const v4 = is_address(address, AF_INET);
  bool right = v4 || is_address(address, AF_INET6);
  if (right && slash != value.npos) {
    auto bits = parse_number(value.substr(slash + 1));
    right = bits && *bits >= 0 && *bits <= (v4 ? 32 : 128);
  }
  return unless(right, "must be a network such as 10.0.0.0/8 or fd00::/8");
}

Complaint email(std::string_view value) {
  auto at = value.find('@');
  bool right = at != value.npos && at > 0 && is_domain(value.substr(at + 1)) && value.find(' ') == value.npos;
  return unless(right, "must be an e-mail address");
}

Complaint language(std::string_view value) {
  bool right = value.size() >= 2 && value.size() <= 35 && is_alphanumeric(value.front()) &&
               is_alphanumeric(value.back());
  right = right && std::ranges::all_of(value, [](char c) { return is_alphanumeric(c) || c == '-'; });
  return unless(right, "must be a language tag such as en or pt-BR");
}

Complaint resolve_entry(std::string_view value) {
  auto equals = value.find('=');
  auto name = split_endpoint(value.substr(0, equals));
  auto target = equals == value.npos ? std::optional<Endpoint>{} : split_endpoint(value.substr(equals + 1));
  bool right = name && target;
  if (right) {
    auto domain = name->host.starts_with("*.") ? name->host.substr(2) : name->host;
    right =
        is_domain(domain) && (name->port == "*" || is_port(name->port)) &&
        (target->port == "*" || is_port(target->port)) &&
        (is_address(target->host, AF_INET) || (target->has_brackets && is_address(target->host, AF_INET6)));
  }
  return unless(right, "must map \"name:port\" to \"address:port\", such as \"*.test:*\" = \"127.0.0.1:*\"");
}

Complaint log_level(std::string_view value) {
  constexpr std::string_view levels[] = {"trace", "debug", "info", "warn", "error", "off"};
  return unless(std::ranges::find(levels, value) != std::end(levels),
                "must be trace, debug, info, warn, error or off");
}

Complaint scheme(std::string_view value) {
  return unless(value == "https" || value == "http", "must be https or http");
}

Complaint true_or_false(std::string_view value) {
  return unless(value == "true" || value == "false", "must be true or false");
}

Complaint registrations(std::string_view value) {
  return unless(value == "closed" || value == "approval" || value == "open",
                "must be closed, approval or open");
}

Complaint federation_mode(std::string_view value) {
  return unless(value == "open" || value == "allow-list", "must be open or allow-list");
}

Complaint number(std::string_view value, long long least, long long most) {
  auto read = parse_number(value);
  if (read && *read >= least && *read <= most) return {};
  return fmt::format("must be a whole number from {} to {}", least, most);
}

}  // namespace posy::setting_checks
