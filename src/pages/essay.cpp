#include "pages/essay.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "pages/person.hpp"
#include "pages/prose.hpp"
#include "pages/words.hpp"
#include "text/plain.hpp"

namespace posy::pages {
namespace {

constexpr std::size_t teaser_characters = 280;
constexpr std::int64_t words_a_minute = 220;

std::int64_t minutes_for(std::string_view html) {
  auto text = text::html_to_text(html);
  auto blanks = std::ranges::count_if(text, [](char c) { return c == ' ' || c == '\n'; });
  return std::max<std::int64_t>(1, (blanks + words_a_minute / 2) / words_a_minute);
}

// Addresses of our own files without our name: pages work under whatever name they were opened.
std::string with_local_pictures(social::Site const& site, std::string html) {
  std::string const beginning = "<img src=\"" + escape_html(site.base_url) + "/";
  constexpr std::string_view local = "<img src=\"/";
  for (auto at = html.find(beginning); at != html.npos; at = html.find(beginning, at + local.size()))
    html.replace(at, beginning.size(), local);
  return html;
}

}  // namespace

store::Media const* cover_of(PostView const& view) {
  auto found = std::ranges::find(view.media, view.post.cover, &store::Media::id);
  return view.post.cover && found != view.media.end() ? &*found : nullptr;
}

void fill_essay(html::Values& values, Context const& context, PostView const& view, Emoji const& emoji) {
  auto const& site = context.site;
  values.set("TITLE", view.post.title);
  values.set_if_any("SUMMARY", view.post.summary);
  values.set("POST_URL", local_path(site, site.post_url(view.post, view.author)));
  values.set("AUTHOR_URL", account_path(site, view.author)).set("AVATAR_URL", avatar_path(site, view.author));
  values.set_safe_html("AUTHOR_NAME_HTML", name_html(view.author, emoji));
  values.set("DATETIME", to_rfc3339(view.post.created_at)).set("DATE", long_date(view.post.created_at));
  if (view.post.edited_at)
    values.section("EDITED")
        .set("DATETIME", to_rfc3339(*view.post.edited_at))
        .set("DATE", short_date(*view.post.edited_at));
  values.set("MINUTES", counted(minutes_for(view.post.content), "minute", "minutes"));
  auto place = view.post.notice.empty() ? values.section("OPEN") : values.section("COVERED");
  if (!view.post.notice.empty()) place.set("NOTICE", view.post.notice);
  auto text = place.include("TEXT", "essay_text.html");
  if (auto const* cover = cover_of(view)) {
    auto picture = text.section("COVER");
    picture.set("SRC", local_path(site, site.media_url(*cover))).set("ALT", cover->description);
    picture.set("WIDTH", cover->width).set("HEIGHT", cover->height);
  }
  text.set_if_any("LANG", view.post.language);
  auto html = prose(emoji, view.author.domain, view.post.content);
  text.set_safe_html("CONTENT_HTML", with_local_pictures(site, std::move(html)));
}

std::string essay_teaser(Context const& context, PostView const& view) {
  auto url = escape_html(local_path(context.site, context.site.post_url(view.post, view.author)));
  auto out = "<p><strong><a href=\"" + url + "\">" + escape_html(view.post.title) + "</a></strong></p>";
  auto text = view.post.summary.empty() ? extract(view.post.content, teaser_characters)
                                        : extract(escape_html(view.post.summary), teaser_characters);
  return text.empty() ? out : out + "<p>" + escape_html(text) + "</p>";
}

}  // namespace posy::pages
