#include "federation/vocabulary/iri.hpp"

#include <algorithm>
#include <charconv>

#include "federation/vocabulary/limits.hpp"
#include "text/normalize.hpp"

namespace posy::federation {
namespace {

struct Origin {
  std::string scheme;
  std::string host;  // with the port where it is not the usual one
};

std::string_view usual_port(std::string_view scheme) {
  return scheme == "https" ? "443" : "80";
}

bool is_label(std::string_view label) {
  auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         label.find("--") == label.npos && std::ranges::all_of(label, is_plain);
}

// Names as nearly all servers have them: labels of small letters and digits, the last of which is no number.
bool is_plain_host(std::string_view host) {
  if (host.empty() || host.size() > 253 || !(host.back() >= 'a' && host.back() <= 'z')) return false;
  while (true) {
    auto dot = host.find('.');
    if (!is_label(host.substr(0, dot))) return false;
    if (dot == host.npos) return host.front() >= 'a' && host.front() <= 'z';
    host.remove_prefix(dot + 1);
  }
}

bool is_plain_port(std::string_view port, std::string_view scheme) {
  int number = 0;
  auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  bool const is_whole = error == std::errc() && end == port.data() + port.size();
  return is_whole && port.front() != '0' && number > 0 && number <= 65535 && port != usual_port(scheme);
}

bool is_plain_path(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '-' ||
         c == '.' || c == '_' || c == '~' || c == '@';
}

// The origin of an IRI that is normal as it stands, as nearly all are; it is told without taking it apart, which
// costs a hundred times as much and is done a dozen times for each activity.
std::optional<std::string_view> plain_origin(std::string_view iri) {
  std::string_view const scheme = iri.starts_with("https://") ? "https" : "http";
  std::size_t const begin = scheme.size() + 3;
  if (iri.size() < begin || iri.size() > limits::id_bytes_max) return {};
  if (!iri.starts_with(scheme) || iri.substr(scheme.size(), 3) != "://") return {};
  std::size_t const end = std::min(iri.find_first_of("/#", begin), iri.size());
  auto const authority = iri.substr(begin, end - begin);
  auto const colon = authority.find(':');
  if (!is_plain_host(authority.substr(0, colon))) return {};
  if (colon != authority.npos && !is_plain_port(authority.substr(colon + 1), scheme)) return {};
  auto rest = iri.substr(end);
  // One fragment, as the names of keys have it.
  if (auto hash = rest.find('#'); hash != rest.npos) {
    if (!std::ranges::all_of(rest.substr(hash + 1), is_plain_path)) return {};
    rest = rest.substr(0, hash);
  }
  if (!std::ranges::all_of(rest, is_plain_path)) return {};
  return iri.substr(0, end);
}

std::optional<Origin> parse_origin(std::string_view iri) {
  if (!is_iri(iri)) return {};
  std::size_t colon = iri.find(':');
  std::string scheme = text::fold_username(iri.substr(0, colon));
  std::string_view authority = iri.substr(colon + 3);
  authority = authority.substr(0, authority.find_first_of("/?#"));
  std::size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
  std::size_t port_at = authority.find(':', bracket);
  std::string host;
  if (bracket != 0) {
    host = text::fold_username(authority.substr(0, port_at));
  } else if (auto domain = text::to_ascii_domain(authority.substr(0, port_at))) {
    host = *std::move(domain);
  }
  if (port_at != std::string_view::npos) {
    std::string_view port = authority.substr(port_at + 1);
    port.remove_prefix(std::min(port.find_first_not_of('0'), port.size()));
    if (port != usual_port(scheme)) host += ":" + std::string(port);
  }
  return Origin{std::move(scheme), std::move(host)};
}

}  // namespace

bool is_iri(std::string_view text) {
  if (text.size() > limits::id_bytes_max) return false;
  return plain_origin(text).has_value() || text::normalize_url(text).has_value();
}

std::string host_of(std::string_view iri) {
  if (auto plain = plain_origin(iri)) return std::string(plain->substr(plain->find("://") + 3));
  auto origin = parse_origin(iri);
  return origin ? origin->host : std::string();
}

std::string site_of(std::string_view host) {
  if (host.starts_with('[')) return std::string(host.substr(0, host.find(']') + 1));
  host = host.substr(0, host.find(':'));
  auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (host.empty() || is_digit(host.back())) return std::string(host);
  auto const last = host.rfind('.');
  if (last == host.npos || last == 0) return std::string(host);
  auto begin = host.rfind('.', last - 1);
  bool const is_shared = host.size() - last - 1 == 2 && begin != host.npos && last - begin - 1 <= 3;
  if (is_shared) begin = begin == 0 ? host.npos : host.rfind('.', begin - 1);
  return std::string(begin == host.npos ? host : host.substr(begin + 1));
}

std::string origin_of(std::string_view iri) {
  if (auto plain = plain_origin(iri)) return std::string(*plain);
  auto origin = parse_origin(iri);
  return origin ? origin->scheme + "://" + origin->host : std::string();
}

bool is_same_origin(std::string_view a, std::string_view b) {
  if (auto plain_a = plain_origin(a))
    if (auto plain_b = plain_origin(b)) return *plain_a == *plain_b;
  std::string origin = origin_of(a);
  return !origin.empty() && origin == origin_of(b);
}

bool is_public(std::string_view id) {
  return id == public_collection;
}

bool is_public(std::vector<std::string> const& addressees) {
  return std::ranges::any_of(addressees,
                             [](std::string const& id) { return is_public(std::string_view(id)); });
}

}  // namespace posy::federation
