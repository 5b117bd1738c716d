#include "api/mastodon/offset_paging.hpp"

namespace posy::api {
namespace {

constexpr int offset_max = 10'000;

struct OffsetParams {
  std::optional<int> limit;
  std::optional<int> offset;
};
BOOST_DESCRIBE_STRUCT(OffsetParams, (), (limit, offset))

}  // namespace

OffsetPage read_offset_page(Request const& request, int limit_default, int limit_max) {
  auto params = request.read<OffsetParams>();
  int limit = params.limit.value_or(limit_default);
  return {limit < 1 ? limit_default : std::min(limit, limit_max),
          std::clamp(params.offset.value_or(0), 0, offset_max)};
}

void add_offset_links(http::Response& response, Api const& api, Request const& request, OffsetPage page,
                      std::size_t shown) {
  std::string path(request.http.target.substr(0, request.http.target.find('?')));
  std::string base = "<" + api.site.base_url + path + "?limit=" + std::to_string(page.limit) + "&offset=";
  std::string links;
  if (static_cast<int>(shown) >= page.limit)
    links = base + std::to_string(page.offset + page.limit) + ">; rel=\"next\"";
  if (page.offset > 0) {
    if (!links.empty()) links += ", ";
    links += base + std::to_string(std::max(page.offset - page.limit, 0)) + ">; rel=\"prev\"";
  }
  if (!links.empty()) response.headers.set("Link", links);
}

}  // namespace posy::api
