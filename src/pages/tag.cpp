// What was written under a hashtag.
#include "store/tag.hpp"
#include "base/error.hpp"
#include "pages/families.hpp"
#include "pages/frame.hpp"
#include "pages/post_parts.hpp"
#include "social/timelines.hpp"
#include "text/normalize.hpp"

namespace posy::pages {
namespace {

Task<http::Response> show_tag(Context& context, http::Request const& request);

constexpr Route routes[] = {
    {"/tags/:tag", show_tag},  // public posts, the newest first
};

constexpr int posts_a_page = 20;

std::string render(Context const& context, db::Reader& r, Shows& shows, std::string const& name,
                   std::int64_t before) {
  auto const& site = context.site;
  auto tag = store::find_tag(r, name);
  if (!tag) refuse(Refusal::not_found, "Nobody has used this hashtag");
  store::Page page;
  page.limit = posts_a_page + 1;
  if (before) page.before = before;
  auto ids = social::tag_timeline(r, {}, {.tag = name}, page);
  bool has_older = ids.size() > static_cast<std::size_t>(posts_a_page);
  if (has_older) ids.pop_back();
  auto views = load_posts(r, site, ids, shows);

  html::Values values;
  values.set("TAG", tag->display.empty() ? tag->name : tag->display);
  if (views.posts.empty()) values.show("IF_EMPTY");
  auto list = values.section("LIST");
  fill_posts(list, context, views, r.now());
  auto path = local_path(site, site.tag_url(name));
  if (before || has_older) {
    auto paging = values.section("PAGING");
    if (before) paging.set_if_any("NEWEST_URL", path);
    if (has_older) paging.set_if_any("OLDER_URL", path + "?max_id=" + ids.back().str());
  }
  Head head{.title = "#" + tag->name};
  head.canonical = site.tag_url(name);
  head.hidden_from_search = true;  // other people's words: their own pages say whether they want to be found
  return in_frame(context, head, context.templates.render("tag.html", values));
}

Task<http::Response> show_tag(Context& context, http::Request const& request) {
  auto name = text::fold_tag(request.path_param("tag"));
  std::int64_t before = 0;
  if (auto const* given = request.params.if_contains("max_id"); given && given->is_string())
    before = parse_id(given->get_string()).value_or(0);
  Render render_it = [&context, name, before](db::Reader& r, Shows& shows) {
    return Rendered{render(context, r, shows, name, before)};
  };
  return answer(context, Kind::page, before ? "" : "/tags/" + name, std::move(render_it));
}

}  // namespace

std::span<Route const> tag_routes() {
  return routes;
}

}  // namespace posy::pages
