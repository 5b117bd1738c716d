#include "api/mastodon/marked_posts.hpp"

#include "api/mastodon/paging.hpp"
#include "api/render/renderer.hpp"

namespace posy::api {
namespace {

constexpr int limit_default = 20;
constexpr int limit_max = 40;

struct Shown {
  std::string body;
  std::vector<RowId> cursors;
};

}  // namespace

Task<http::Response> list_marked(Api& api, Request const& request, FindMarks find) {
  auto page = read_page(request, limit_default, limit_max);
  auto load = [&](db::Reader& r) {
    Shown shown;
    std::vector<PostId> posts;
    for (auto const& mark : find(r, request.account(), page)) {
      shown.cursors.push_back(mark.id);
      posts.push_back(mark.post);
    }
    shown.body = api.render.statuses(r, request.viewer(), posts);
    return shown;
  };
  Shown shown = co_await api.db.read(load);
  auto response = http::json(std::move(shown.body));
  add_links(response, api, request, page, shown.cursors);
  co_return response;
}

}  // namespace posy::api
