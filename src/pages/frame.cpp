#include "pages/frame.hpp"

#include "pages/person.hpp"
#include "pages/post_parts.hpp"
#include "pages/words.hpp"
#include "store/title.hpp"

namespace posy::pages {
namespace {

constexpr std::size_t preview_characters = 280;
constexpr std::size_t preview_pictures_max = 4;

void fill_open_graph(html::Values values, OpenGraph const& graph, std::string_view url,
                     std::string_view site_name) {
  values.set("OG_TYPE", graph.type)
      .set("OG_TITLE", graph.title)
      .set("OG_URL", url)
      .set("INSTANCE", site_name);
  values.set_if_any("OG_DESCRIPTION", graph.description);
  for (auto const& picture : graph.pictures)
    values.section("OG_IMAGE")
        .set("OG_IMAGE_URL", picture.url)
        .set_if_any("OG_IMAGE_ALT", picture.description);
  values.set_if_any("OG_PUBLISHED", graph.published);
  values.set("OG_CARD", graph.large ? "summary_large_image" : "summary");
}

// The picture that stands for an attachment, or nothing.
std::string picture_of(social::Site const& site, store::Media const& media) {
  if (!media.remote_url.empty()) return {};
  if (media.kind == store::MediaKind::image) return site.media_url(media.blob);
  return media.preview_blob.empty() ? std::string() : site.media_url(media.preview_blob);
}

}  // namespace

std::string in_frame(Context const& context, Head const& head, std::string const& content) {
  auto const& site = context.site;
  html::Values values;
  values.set("LANGUAGE", "en").set("INSTANCE", site.title);
  bool is_site = head.title.empty() || head.title == site.title;
  values.set("TITLE", is_site ? site.title : head.title + " — " + site.title);
  values.set_if_any("DESCRIPTION", head.description);
  values.set_if_any("ROBOTS", head.hidden_from_search ? "noindex, noarchive" : "");
  values.set_if_any("CREATOR", head.creator);
  values.set_if_any("CANONICAL", head.canonical);
  for (auto const& other : head.alternates)
    values.section("FEED")
        .set("FEED_TYPE", other.type)
        .set("FEED_URL", other.url)
        .set("FEED_TITLE", other.title);
  if (head.open_graph)
    fill_open_graph(values.section("OPEN_GRAPH"), *head.open_graph, head.canonical, site.title);
  values.set("STYLE_URL", "/assets/" + context.assets.versioned("posy.css"));
  values.set_if_any("ICON_URL", "/assets/" + context.assets.versioned("posy.svg"));
  values.section("NAVIGATION").section("NAV_ITEM").set("NAV_URL", "/about").set("NAV_LABEL", "About");
  values.set_if_any("CONTACT_EMAIL", site.contact_email);
  values.set_safe_html("CONTENT_HTML", content);
  return context.templates.render("layout.html", values);
}

std::string summary_of(PostView const& view, std::size_t characters) {
  if (!view.post.notice.empty()) return extract(view.post.notice, characters);
  if (!view.post.summary.empty()) return extract(escape_html(view.post.summary), characters);
  auto text = extract(store::titled_content(view.post), characters);
  if (!text.empty()) return text;
  for (auto const& media : view.media)
    if (!media.description.empty()) return extract(media.description, characters);
  return view.media.empty()
             ? "A post"
             : counted(static_cast<std::int64_t>(view.media.size()), "attachment", "attachments");
}

OpenGraph preview_of(Context const& context, PostView const& view) {
  auto const& site = context.site;
  OpenGraph graph{.type = "article",
                  .title = name_of(view.author) + " (@" + handle_of(site, view.author) + ")"};
  graph.description = summary_of(view, preview_characters);
  if (store::is_essay(view.post)) graph.title = view.post.title;
  graph.published = to_rfc3339(view.post.created_at);
  if (!hides_media(view)) {
    for (auto const& media : view.media) {
      auto url = picture_of(site, media);
      if (url.empty() || graph.pictures.size() == preview_pictures_max) continue;
      graph.pictures.push_back({std::move(url), media.description});
    }
  }
  graph.large = !graph.pictures.empty();
  if (graph.pictures.empty() && !view.author.avatar.empty())
    graph.pictures.push_back({site.avatar_url(view.author), view.author.avatar_description});
  return graph;
}

}  // namespace posy::pages
