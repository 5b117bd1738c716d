// Identifiers: absolute http(s) addresses, and the one name that stands for everybody.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace posy::federation {

constexpr std::string_view public_collection = "https://www.w3.org/ns/activitystreams#Public";

// Absolute, http or https, with a valid host, without user name, spaces, controls and backslashes, at most
// limits::id_bytes_max. Characters outside ASCII are allowed.
bool is_iri(std::string_view text);

// In lower case and punycode, with the port where it is not the usual one of the scheme: "a.example",
// "a.example:8443", "[::1]:8080". Empty when the text is no IRI.
std::string host_of(std::string_view iri);
// Whose the host probably is, for shares: names under one domain cost nothing to make, nor do ports. The last two
// labels of the name, three where the last but one is as short as in "co.uk"; an address as it is.
std::string site_of(std::string_view host);
// Scheme and host: "https://a.example". Empty when the text is no IRI.
std::string origin_of(std::string_view iri);
// Scheme, host and port (RFC 6454, section 4). False when either is no IRI.
bool is_same_origin(std::string_view a, std::string_view b);

// The readers put `public_collection` where a document says "as:Public" or "Public".
bool is_public(std::string_view id);
bool is_public(std::vector<std::string> const& addressees);

}  // namespace posy::federation
