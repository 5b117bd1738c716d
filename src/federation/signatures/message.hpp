// The request that a signature is about, as plain values; whoever has a request of some library copies it
// into this.
//
// On the way in, scheme and authority must come from our own settings and never from the request: a signature
// that was made for another host then does not hold here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace posy::signatures {

// Names and values in order; names compare without case.
using Fields = std::vector<std::pair<std::string, std::string>>;

struct Message {
  std::string method;            // as on the request line: "POST"
  std::string scheme = "https";  // "https" or "http"
  std::string authority;         // "social.example" or "social.example:8443"
  std::string target = "/";      // path with query, as on the request line
  Fields headers;
};

// All fields of that name, without outer white space, joined by ", " (RFC 9421, section 2.1).
std::optional<std::string> field(Message const& message, std::string_view name);

// Of the fields of a request that goes out the one that is signed besides the usual ones (FEP-8fcf).
constexpr std::string_view followers_digest = "collection-synchronization";

// In lower case and without the port that the scheme has anyway (RFC 9421, section 2.2.3).
std::string normal_authority(std::string_view scheme, std::string_view authority);

// Whether this request says something in its body that a signature has to cover.
bool has_content(Message const& message, std::string_view body);

}  // namespace posy::signatures
