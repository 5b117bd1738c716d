// WebFinger (RFC 7033): from a handle to an actor.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace posy::federation {

struct WebFinger {
  std::string subject;               // "acct:alice@a.example"
  std::vector<std::string> aliases;  // IRIs
  std::string actor;                 // `self` with an ActivityStreams media type; people before groups
  std::string profile_page;
  std::string subscribe_template;  // with "{uri}" in it
  std::string avatar;

  bool operator==(WebFinger const&) const = default;
};

// "alice@a.example" of "acct:alice@a.example", the domain in lower case and punycode (with a port if there
// is one). Empty when it is no account.
std::string account_of(std::string_view acct_uri);

// Refused unless it has a subject and an actor.
Result<WebFinger> read_webfinger(boost::json::object const& document);
boost::json::object write_webfinger(WebFinger const& webfinger);

}  // namespace posy::federation
