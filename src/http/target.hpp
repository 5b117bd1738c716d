// The target of the request line (RFC 9112, section 3.2) and the addresses behind a request. Private to
// http/.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "http/form.hpp"
#include "http/networks.hpp"
#include "http/request.hpp"

namespace posy::http {

// Fills `path` and `params` from `target`; gives the raw path, a view of `target`, for the router.
// Understands "/path?query" and "http://host/path?query".
Result<std::string_view> read_target(Request& request, ParamLimits limits);

// Who is asking: the last address in X-Forwarded-For that is no trusted proxy, if the socket's is one.
std::string client_address(std::string const& socket_peer, Headers const& headers, Networks const& trusted);

}  // namespace posy::http
