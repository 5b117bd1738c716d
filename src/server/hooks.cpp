#include "server/hooks.hpp"

#include <algorithm>
#include <array>

#include "api/gate/gate.hpp"
#include "base/log.hpp"
#include "federation/federation.hpp"
#include "http/cors.hpp"
#include "http/refusal.hpp"
#include "pages/pages.hpp"
#include "server/failures.hpp"

namespace posy::server {
namespace {

// Where clients that live in a browser go. Pages, sign-in and consent are not among them.
bool is_for_clients(std::string_view path) {
  constexpr std::string_view prefixes[] = {"/api/",         "/oauth/token",    "/oauth/revoke", "/oauth/userinfo",
                                           "/.well-known/", "/nodeinfo/",      "/media/",       "/media_proxy/",   "/health"};
  for (auto prefix : prefixes)
    if (path.starts_with(prefix)) return true;
  return false;
}

bool wants_html(http::Request const& request) {
  auto accept = request.headers.find("Accept");
  return accept && accept->find("text/html") != std::string_view::npos && !is_for_clients(request.path);
}

void add_security_headers(http::Response& response) {
  if (!response.headers.has("X-Content-Type-Options")) response.headers.set("X-Content-Type-Options", "nosniff");
  if (!response.headers.has("Referrer-Policy")) response.headers.set("Referrer-Policy", "same-origin");
}

constexpr std::string_view classes[] = {"2xx", "3xx", "4xx", "5xx"};

std::size_t class_of(unsigned status) { return std::clamp(status / 100, 2u, 5u) - 2; }

}  // namespace

http::Hooks make_hooks(Metrics& metrics, pages::Pages& pages, federation::Federation& federation) {
  struct Figures {
    std::array<Counter*, std::size(classes)> answers{};
    Histogram* seconds = nullptr;
  };
  auto figures = std::make_shared<Figures>();
  for (std::size_t i = 0; i < std::size(classes); ++i)
    figures->answers[i] = &metrics.counter("posy_http_responses_total", "Answers by class of status",
                                           {{"class", std::string(classes[i])}});
  figures->seconds = &metrics.seconds("posy_http_request_seconds", "From the end of a request's head to its answer");

  http::Hooks hooks;
  hooks.before = [&federation](http::Request const& request) -> std::optional<http::Response> {
    if (request.method == http::Method::options && is_for_clients(request.path)) return http::cors_preflight(request);
    return federation.before(request);
  };
  hooks.after = [figures](http::Request const& request, http::Response& response) {
    if (is_for_clients(request.path)) http::cors_allow(response);
    if (request.path.starts_with("/@") && !response.headers.has("Vary")) response.headers.set("Vary", "Accept");
    add_security_headers(response);
    api::Gate::add_rate_headers(request, response);
    auto took = std::chrono::steady_clock::now() - request.started;
    figures->answers[class_of(response.status)]->Increment();
    figures->seconds->Observe(std::chrono::duration<double>(took).count());
    // The route, not the target: a query may hold what is nobody's business.
    log::debug("{} {} {} {:.1f} ms {}", http::to_string(request.method), request.route, response.status,
               std::chrono::duration<double, std::milli>(took).count(), request.id);
  };
  hooks.on_error = [&pages](std::exception_ptr error, http::Request const& request) {
    auto failed = answer_to_failure(error);
    auto response = failed ? std::move(*failed) : http::response_for(error, request.id);
    if (!wants_html(request)) return response;
    return pages.error_page(response.status);
  };
  return hooks;
}

}  // namespace posy::server
