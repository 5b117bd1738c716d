// A post inside somebody else's page: the small card, and oEmbed (oembed.com), which tells where that is.
#include <fmt/format.h>

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "json/write.hpp"
#include "pages/families.hpp"
#include "pages/find_post.hpp"
#include "pages/frame.hpp"
#include "pages/person.hpp"
#include "pages/post_parts.hpp"
#include "text/normalize.hpp"
#include "text/plain.hpp"

namespace posy::pages {
namespace {

Task<http::Response> show_card(Context& context, http::Request const& request);
Task<http::Response> show_oembed(Context& context, http::Request const& request);

constexpr Route routes[] = {
    {"/@:name/:id/embed", show_card},  // may be framed by any page
    {"/api/oembed", show_oembed},      // ?url=&maxwidth=
};

constexpr int width = 400;
constexpr int cache_seconds = 86'400;
constexpr std::size_t title_characters = 80;

// docs.joinmastodon.org/entities/OEmbedResponse
struct OEmbed {
  std::string type = "rich";
  std::string version = "1.0";
  std::string title;
  std::string author_name;
  std::string author_url;
  std::string provider_name;
  std::string provider_url;
  int cache_age = cache_seconds;
  std::string html;
  int width = 0;
  std::optional<std::string> height;  // grows with the text: unknown
};
BOOST_DESCRIBE_STRUCT(OEmbed, (),
                      (type, version, title, author_name, author_url, provider_name, provider_url, cache_age,
                       html, width, height))

PostViews load_one(db::Reader& r, Context const& context, Shows& shows, AskedPost const& asked) {
  auto post = find_post(r, shows, asked.name, asked.id);
  auto views = load_posts(r, context.site, {post.id}, shows);
  if (views.posts.empty() || post.boost_of) refuse(Refusal::not_found, "Post not found");
  return views;
}

Rendered render_card(Context const& context, db::Reader& r, Shows& shows, AskedPost const& asked) {
  auto views = load_one(r, context, shows, asked);
  auto const& view = views.posts.front();
  html::Values values;
  values.set("LANGUAGE", "en").set("INSTANCE", context.site.title);
  values.set("AUTHOR_NAME", name_of(view.author));
  values.set("CANONICAL", context.site.post_url(view.post, view.author));
  values.set("POST_URL", local_path(context.site, context.site.post_url(view.post, view.author)));
  values.set("STYLE_URL", "/assets/" + context.assets.versioned("posy.css"));
  auto post = values.include("POST", "post.html");
  fill_post(post, context, view, views.emoji, r.now(), Look::card);
  return {context.templates.render("embed.html", values)};
}

Task<http::Response> show_card(Context& context, http::Request const& request) {
  auto asked = post_of(request);
  Render render_it = [&context, asked](db::Reader& r, Shows& shows) {
    return render_card(context, r, shows, asked);
  };
  return answer(context, Kind::embed, "/@" + asked.name + "/" + asked.id.str() + "/embed",
                std::move(render_it));
}

// "https://example.org/@alice/1" or ".../users/alice/statuses/1", as people copy it. Nothing for other
// addresses.
std::optional<AskedPost> post_behind(social::Site const& site, std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  if (!url.starts_with(site.base_url)) return {};
  url.remove_prefix(site.base_url.size());
  if (url.ends_with('/')) url.remove_suffix(1);
  constexpr std::string_view page = "/@", object = "/users/", between = "/statuses/";
  bool is_page = url.starts_with(page);
  if (!is_page && !url.starts_with(object)) return {};
  url.remove_prefix(is_page ? page.size() : object.size());
  auto separator = is_page ? std::string_view("/") : between;
  auto at = url.find(separator);
  if (at == url.npos) return {};
  auto id = parse_id(url.substr(at + separator.size()));
  if (!id) return {};
  return AskedPost{text::fold_username(percent_decode(url.substr(0, at))), PostId{*id}};
}

// A frame cannot grow by itself: a good guess keeps its scroll bar away.
int guess_height(PostView const& view, int frame_width) {
  constexpr int around = 190, line = 27, pixels_a_character = 8, padding = 56, picture_share = 70,
                poll_option = 45;
  int characters_a_line = std::max(1, (frame_width - padding) / pixels_a_character);
  auto text = text::html_to_text(view.post.notice.empty() ? view.post.content : "");
  int lines = 1;
  int column = 0;
  for (char c : text) {
    if ((static_cast<unsigned char>(c) & 0xc0) == 0x80) continue;  // inside a character
    if (c != '\n' && ++column <= characters_a_line) continue;
    ++lines;
    column = 0;
  }
  int height = around + lines * line;
  if (view.post.notice.empty()) {
    height += static_cast<int>(view.options.size()) * poll_option;
    if (!view.media.empty() && !view.post.sensitive) height += frame_width * picture_share / 100;
  }
  return std::min(height, 1200);
}

std::string embed_html(std::string_view url, std::string_view title, int frame_width, int frame_height) {
  return fmt::format(R"(<iframe src="{}/embed" title="{}" width="{}" height="{}" loading="lazy" )"
                     R"(sandbox="allow-popups allow-popups-to-escape-sandbox" allowfullscreen )"
                     R"(style="max-width: 100%; border: 0"></iframe>)",
                     escape_html(url), escape_html(title), frame_width, frame_height);
}

int wanted_width(http::Request const& request) {
  auto const* given = request.params.if_contains("maxwidth");
  if (!given || !given->is_string()) return width;
  auto wanted = parse_id(given->get_string()).value_or(width);
  return static_cast<int>(std::min<std::int64_t>(wanted, width));
}

Task<http::Response> show_oembed(Context& context, http::Request const& request) {
  auto text_of = [&](char const* name) -> std::string_view {
    auto const* value = request.params.if_contains(name);
    return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
  };
  if (auto format = text_of("format"); !format.empty() && format != "json")
    co_return http::error(501, "Only JSON is offered");
  auto asked = post_behind(context.site, text_of("url"));
  if (!asked) co_return http::error(404, "Record not found");
  int frame_width = wanted_width(request);
  auto load = [&](db::Reader& r) {
    Shows shows;
    return load_one(r, context, shows, *asked).posts.front();
  };
  PostView view = co_await context.db.read(load);
  auto const& site = context.site;
  OEmbed out;
  out.author_name = name_of(view.author);
  out.title = out.author_name + ": " + summary_of(view, title_characters);
  out.author_url = site.account_url(view.author);
  out.provider_name = site.title;
  out.provider_url = site.base_url + "/";
  out.width = frame_width;
  out.html = embed_html(site.post_url(view.post, view.author), "Post by " + out.author_name, frame_width,
                        guess_height(view, frame_width));
  co_return http::json(json::to_json(out));
}

}  // namespace

std::span<Route const> embed_routes() {
  return routes;
}

}  // namespace posy::pages
