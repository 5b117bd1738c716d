// An outgoing http or https URL, read strictly: what could name another host to another reader is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "http/networks.hpp"

namespace posy::http {

struct Url {
  bool is_https = true;
  std::string host;                // lower case ASCII; an IPv6 address without its brackets
  std::optional<Address> address;  // when the host is one
  std::uint16_t port = 443;
  std::string target = "/";  // path and query as in the request line; begins with "/"

  // "example.org", "example.org:8443", "[2001:db8::1]": as in a Host header; the usual port is left out.
  std::string authority() const;
  std::string origin() const;  // "https://example.org:443", the port always there
  std::string text() const;    // the whole URL, without a fragment
};

// The host is a name in ASCII (punycode done), a dotted IPv4 address or a bracketed IPv6 address. Refused:
// other schemes, user names, other spellings of numbers ("127.1", "0x7f000001", "2130706433"), zone ids,
// percent signs in the host, spaces, controls and backslashes anywhere, more than 4096 bytes. A fragment is
// dropped; characters of path and query that must not stand in a request line are percent-encoded.
Result<Url> parse_url(std::string_view text);

// A reference such as a Location header, seen from `base` (RFC 3986, section 5).
Result<Url> resolve_url(Url const& base, std::string_view reference);

}  // namespace posy::http
