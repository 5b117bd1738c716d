// Cross-origin requests (Fetch standard): apps in browsers on any origin may use the API, without cookies.
#pragma once

#include <optional>

#include "http/request.hpp"
#include "http/response.hpp"

namespace posy::http {

// The answer to a preflight (OPTIONS with Origin and Access-Control-Request-Method), else nothing.
std::optional<Response> cors_preflight(Request const& request);
// Adds Access-Control-Allow-Origin and -Expose-Headers to an answer.
void cors_allow(Response& response);

}  // namespace posy::http
