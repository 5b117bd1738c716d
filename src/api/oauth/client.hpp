// What the endpoints that applications call have in common: who calls, and how errors are said.
#pragma once

#include <optional>
#include <string>

#include "api/api.hpp"
#include "store/oauth.hpp"

namespace posy::api {

// {"error": ..., "error_description": ...} (RFC 6749, section 5.2). invalid_client is 401, all others are
// 400.
http::Response oauth_error(std::string_view error, std::string_view description);
// Answers with secrets are kept by nobody on the way.
http::Response secret_json(std::string body);

// The application that sent the request, by client_secret_basic or client_secret_post (RFC 6749,
// section 2.3.1); nothing when it is unknown or the secret is wrong.
Task<std::optional<store::App>> authenticate_client(Api& api, Request const& request);

}  // namespace posy::api
