// What pages are made of besides their text: style sheet, pictures, uploads; and a few fixed addresses.
#include "base/error.hpp"
#include "media/inspect.hpp"
#include "pages/families.hpp"

namespace posy::pages {
namespace {

Task<http::Response> show_asset(Context& context, http::Request const& request);
Task<http::Response> show_media(Context& context, http::Request const& request);
Task<http::Response> show_icon(Context& context, http::Request const& request);
Task<http::Response> show_robots(Context& context, http::Request const& request);

constexpr Route routes[] = {
    {"/assets/*name", show_asset},    {"/media/*key", show_media},
    {"/favicon.ico", show_icon},      {"/robots.txt", show_robots},
};

constexpr std::string_view for_ever = "public, max-age=31536000, immutable";
constexpr std::string_view for_an_hour = "public, max-age=3600";
// Whatever a file turns out to be, it may do nothing.
constexpr std::string_view nothing = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

[[noreturn]] void refuse_file() {
  refuse(Refusal::not_found, "There is no such file");
}

Task<http::Response> show_asset(Context& context, http::Request const& request) {
  auto const* asset = context.assets.find(request.path_param("name"));
  if (!asset) refuse_file();
  auto const* version = request.params.if_contains("v");
  bool is_named_exactly =
      version && version->is_string() && std::string_view(version->get_string()) == asset->version;
  auto response = http::shared(std::make_shared<std::string const>(asset->content), asset->media_type,
                               is_named_exactly ? for_ever : for_an_hour, "\"" + asset->version + "\"");
  response.headers.add("Content-Security-Policy", nothing);
  co_return response;
}

std::string_view mime_of(std::string_view key) {
  for (auto const& format : media::formats())
    if (key.ends_with(format.extension)) return format.mime;
  return "application/octet-stream";
}

// A key is made of the content, so what stands behind it never changes.
Task<http::Response> show_media(Context& context, http::Request const& request) {
  auto key = request.path_param("key");
  auto path = context.blobs.path_of(key);
  if (!path) refuse_file();
  auto response =
      http::file(*path, mime_of(key), for_ever, "\"" + std::string(key.substr(0, key.find('.'))) + "\"");
  response.headers.add("Content-Security-Policy", nothing);
  co_return response;
}

Task<http::Response> show_icon(Context& context, http::Request const&) {
  auto response = http::redirect(302, "/assets/" + context.assets.versioned("posy.svg"));
  response.headers.add("Cache-Control", for_an_hour);
  co_return response;
}

Task<http::Response> show_robots(Context&, http::Request const&) {
  auto response = http::text(
      "# Each page says for itself whether it may be kept.\n"
      "User-agent: *\n"
      "Disallow: /api/\n"
      "Disallow: /oauth/\n"
      "Allow: /api/oembed\n");
  response.headers.add("Cache-Control", for_an_hour);
  co_return response;
}

}  // namespace

std::span<Route const> file_routes() {
  return routes;
}

}  // namespace posy::pages
