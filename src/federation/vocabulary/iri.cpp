#include "federation/vocabulary/iri.hpp"

#include <algorithm>

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
  return text.size() <= limits::id_bytes_max && text::normalize_url(text).has_value();
}

std::string host_of(std::string_view iri) {
  auto origin = parse_origin(iri);
  return origin ? origin->host : std::string();
}

std::string origin_of(std::string_view iri) {
  auto origin = parse_origin(iri);
  return origin ? origin->scheme + "://" + origin->host : std::string();
}

bool is_same_origin(std::string_view a, std::string_view b) {
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
