#include "api/mastodon/paging.hpp"

#include <algorithm>

#include "base/encoding.hpp"

namespace posy::api {
namespace {

struct PageParams {
  std::optional<RowId> max_id;
  std::optional<RowId> since_id;
  std::optional<RowId> min_id;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(PageParams, (), (max_id, since_id, min_id, limit))

constexpr std::string_view cursor_names[] = {"max_id", "since_id", "min_id", "limit"};

// The query without the cursors, so that links keep the other parameters.
std::string other_query(http::Request const& request) {
  std::string out;
  std::string_view rest = request.query();
  while (!rest.empty()) {
    auto end = rest.find('&');
    auto item = rest.substr(0, end);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    auto name = item.substr(0, item.find('='));
    bool cursor = std::find(std::begin(cursor_names), std::end(cursor_names), name) != std::end(cursor_names);
    if (cursor || name == "access_token" || item.empty()) continue;
    // What could end the <> of the header is encoded again.
    for (char c : item) {
      if (c == '<' || c == '>' || c == '"' || c == ' ') out += percent_encode(std::string(1, c));
      else out += c;
    }
    out += '&';
  }
  return out;
}

}  // namespace

store::Page read_page(Request const& request, int limit_default, int limit_max) {
  auto params = request.read<PageParams>();
  store::Page page;
  page.limit = std::clamp(params.limit.value_or(limit_default), 1, limit_max);
  if (params.limit && *params.limit < 1) page.limit = limit_default;
  if (params.max_id && *params.max_id) page.before = params.max_id->value;
  if (params.since_id) page.after = params.since_id->value;
  if (params.min_id) {
    page.after = std::max(page.after, params.min_id->value);
    page.oldest_first = true;
  }
  return page;
}

void add_links(http::Response& response, Api const& api, Request const& request, store::Page const& page,
               std::vector<std::int64_t> const& cursors) {
  if (cursors.empty()) return;
  std::string path(request.http.target.substr(0, request.http.target.find('?')));
  std::string base = api.site.base_url + path + "?" + other_query(request.http) + "limit=" + std::to_string(page.limit);
  std::string links;
  if (static_cast<int>(cursors.size()) >= page.limit)
    links = "<" + base + "&max_id=" + std::to_string(cursors.back()) + ">; rel=\"next\", ";
  links += "<" + base + "&min_id=" + std::to_string(cursors.front()) + ">; rel=\"prev\"";
  response.headers.set("Link", links);
}

}  // namespace posy::api
