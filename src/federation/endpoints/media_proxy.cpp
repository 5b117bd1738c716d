#include "federation/endpoints/media_proxy.hpp"

#include "media/inspect.hpp"

namespace posy::federation {
namespace {

constexpr std::string_view for_a_week = "public, max-age=604800, immutable";
// Whatever a file turns out to be, it may do nothing.
constexpr std::string_view nothing = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

std::string_view mime_of(std::string_view key) {
  for (auto const& format : media::formats())
    if (key.ends_with(format.extension)) return format.mime;
  return "application/octet-stream";
}

http::Response to_where_it_is(std::string const& url) {
  auto response = http::redirect(302, url);
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("Referrer-Policy", "no-referrer");
  return response;
}

http::Response refusal(Error const& error) {
  auto response = http::error(error.refusal == Refusal::unavailable ? 503 : 404, error.message);
  response.headers.set("Cache-Control", "no-store");
  if (response.status == 503) response.headers.set("Retry-After", "60");
  return response;
}

Task<http::Response> show(Files& files, http::Request const& request) {
  auto kind = parse_enum(request.path_param("kind"), static_cast<store::RemoteFileKind*>(nullptr));
  auto owner = parse_id(request.path_param("id"));
  if (!kind || !owner) co_return refusal(not_found("There is no such file"));
  Task<Result<Files::Found>> finding = files.find(*kind, *owner, std::string(request.path_param("mark")));
  Result<Files::Found> found = co_await std::move(finding);
  if (!found) co_return refusal(found.error());
  if (!found->elsewhere.empty()) co_return to_where_it_is(found->elsewhere);
  auto etag = "\"" + found->blob.substr(0, found->blob.find('.')) + "\"";
  auto response = http::file(found->path, mime_of(found->blob), for_a_week, etag);
  response.headers.add("Content-Security-Policy", nothing);
  co_return response;
}

}  // namespace

void add_media_proxy(http::Router& router, Files& files) {
  http::Endpoint endpoint;
  endpoint.pattern = "/media_proxy/:kind/:id/:mark";
  endpoint.handler = [&files](http::Request& request) -> Task<http::Response> { return show(files, request); };
  router.add(std::move(endpoint));
}

}  // namespace posy::federation
