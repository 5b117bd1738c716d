#include "http/response.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace posy::http {
namespace {

Response with_type(unsigned status, std::string_view type, Response::Body body) {
  Response response{.status = status, .headers = {}, .body = std::move(body)};
  response.headers.add("Content-Type", type);
  return response;
}

Response cacheable(Response::Body body, std::string_view mime, std::string_view cache_control,
                   std::string_view etag) {
  Response response = with_type(200, mime, std::move(body));
  response.headers.add("X-Content-Type-Options", "nosniff");
  if (!cache_control.empty()) response.headers.add("Cache-Control", cache_control);
  if (!etag.empty()) response.headers.add("ETag", etag);
  return response;
}

}  // namespace

Response json(std::string body, unsigned status) {
  return with_type(status, "application/json; charset=utf-8", std::move(body));
}

Response html(std::string body, unsigned status) {
  return with_type(status, "text/html; charset=utf-8", std::move(body));
}

Response text(std::string body, unsigned status) {
  return with_type(status, "text/plain; charset=utf-8", std::move(body));
}

Response empty(unsigned status) {
  return {.status = status, .headers = {}, .body = std::string{}};
}

Response redirect(unsigned status, std::string_view location) {
  Response response = empty(status);
  response.headers.add("Location", location);
  return response;
}

Response error(unsigned status, std::string_view message) {
  boost::json::string_view text(message.data(), message.size());
  return json("{\"error\":" + boost::json::serialize(text) + "}", status);
}

Response file(std::filesystem::path path, std::string_view mime, std::string_view cache_control,
              std::string_view etag) {
  return cacheable(FileBody{std::move(path)}, mime, cache_control, etag);
}

Response shared(std::shared_ptr<std::string const> body, std::string_view mime,
                std::string_view cache_control, std::string_view etag) {
  return cacheable(std::move(body), mime, cache_control, etag);
}

std::string_view body_text(Response const& response) {
  if (auto const* own = std::get_if<std::string>(&response.body)) return *own;
  if (auto const* common = std::get_if<std::shared_ptr<std::string const>>(&response.body)) {
    return *common ? std::string_view(**common) : std::string_view{};
  }
  return {};
}

}  // namespace posy::http
