#include "http/cors.hpp"

namespace posy::http {

std::optional<Response> cors_preflight(Request const& request) {
  if (request.method != Method::options) return {};
  if (!request.headers.has("Origin") || !request.headers.has("Access-Control-Request-Method")) return {};
  Response response = empty(204);
  response.headers.add("Access-Control-Allow-Origin", "*");
  response.headers.add("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  if (auto wanted = request.headers.find("Access-Control-Request-Headers")) {
    response.headers.add("Access-Control-Allow-Headers", *wanted);
  }
  response.headers.add("Access-Control-Max-Age", "86400");
  response.headers.add("Vary", "Access-Control-Request-Headers");
  return response;
}

void cors_allow(Response& response) {
  response.headers.set("Access-Control-Allow-Origin", "*");
  response.headers.set("Access-Control-Expose-Headers",
                       "Link, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id");
}

}  // namespace posy::http
