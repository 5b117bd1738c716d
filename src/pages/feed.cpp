// A person's posts for feed readers: RSS 2.0 and Atom (RFC 4287). Original posts only, whole, with their
// files.
#include <fmt/format.h>

#include <filesystem>

#include "base/encoding.hpp"
#include "pages/families.hpp"
#include "pages/frame.hpp"
#include "pages/person.hpp"
#include "pages/words.hpp"
#include "social/timelines.hpp"
#include "text/normalize.hpp"
#include "store/title.hpp"

namespace posy::pages {
namespace {

Task<http::Response> show_rss(Context& context, http::Request const& request);
Task<http::Response> show_atom(Context& context, http::Request const& request);

constexpr Route routes[] = {
    {"/@:name.rss", show_rss},
    {"/@:name.atom", show_atom},
};

constexpr int posts_max = 20;
constexpr std::size_t title_characters = 80;

struct Enclosure {
  std::string url;
  std::string mime;
  std::uintmax_t bytes = 0;  // 0: unknown
};

struct Feed {
  store::Account person;
  PostViews views;
};

Feed load_feed(db::Reader& r, social::Site const& site, Shows& shows, std::string_view name) {
  Feed feed{.person = load_person(r, name, shows), .views = {}};
  social::ProfileFilter filter{.without_replies = true, .without_boosts = true};
  auto ids = social::profile_timeline(r, {}, feed.person.id, filter, {.limit = posts_max});
  feed.views = load_posts(r, site, ids, shows);
  return feed;
}

// XML knows fewer characters than Unicode (XML 1.0, section 2.2).
std::string escape_xml(std::string_view text) {
  std::string clean;
  for (char c : text)
    if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') clean += c;
  return escape_html(clean);
}

// <name>text</name>
std::string element(std::string_view name, std::string_view text) {
  return fmt::format("<{0}>{1}</{0}>\n", name, escape_xml(text));
}

std::string title_of(PostView const& view) {
  return store::is_essay(view.post) ? view.post.title : summary_of(view, title_characters);
}

// The post as HTML that stands on its own.
std::string content_of(Context const& context, PostView const& view) {
  std::string html;
  if (!view.post.notice.empty())
    html += "<p><strong>Content notice:</strong> " + escape_html(view.post.notice) + "</p><hr>";
  if (!view.post.summary.empty()) html += "<p><em>" + escape_html(view.post.summary) + "</em></p>";
  html += view.post.content;
  if (!view.options.empty()) {
    html += "<ul>";
    for (auto const& option : view.options) html += "<li>" + escape_html(option.title) + "</li>";
    html += "</ul>";
  }
  if (view.quote) {
    auto url = context.site.post_url(view.quote->post, view.quote->author);
    html += fmt::format(
        "<blockquote cite=\"{0}\"><p><a href=\"{0}\">{1}</a>:</p>{2}</blockquote>", escape_html(url),
        escape_html(name_of(view.quote->author)),
        view.quote->post.notice.empty() ? store::titled_content(view.quote->post) : escape_html(view.quote->post.notice));
  }
  return html;
}

std::vector<Enclosure> enclosures_of(Context const& context, PostView const& view) {
  std::vector<Enclosure> out;
  for (auto const& media : view.media) {
    if (!media.remote_url.empty()) continue;
    Enclosure one{context.site.media_url(media.blob), media.mime};
    if (auto path = context.blobs.path_of(media.blob)) {
      std::error_code missing;
      auto bytes = std::filesystem::file_size(*path, missing);
      if (!missing) one.bytes = bytes;
    }
    out.push_back(std::move(one));
  }
  return out;
}

Time changed_at(PostView const& view) {
  return view.post.edited_at.value_or(view.post.created_at);
}

Time changed_at(Feed const& feed) {
  Time newest = feed.person.created_at;
  for (auto const& view : feed.views.posts) newest = std::max(newest, changed_at(view));
  return newest;
}

std::string rss_item(Context const& context, PostView const& view) {
  auto url = context.site.post_url(view.post, view.author);
  std::string out = "<item>\n";
  out += element("title", title_of(view));
  out += element("link", url);
  out += fmt::format("<guid isPermaLink=\"true\">{}</guid>\n", escape_xml(url));
  out += element("pubDate", to_http_date(view.post.created_at));
  out += element("description", content_of(context, view));
  // RSS has room for one enclosure; the Media RSS namespace takes all of them.
  bool is_first = true;
  for (auto const& file : enclosures_of(context, view)) {
    if (is_first)
      out += fmt::format("<enclosure url=\"{}\" type=\"{}\" length=\"{}\"/>\n", escape_xml(file.url),
                         escape_xml(file.mime), file.bytes);
    out +=
        fmt::format("<media:content url=\"{}\" type=\"{}\"/>\n", escape_xml(file.url), escape_xml(file.mime));
    is_first = false;
  }
  for (auto const& tag : view.tags) out += element("category", tag.display.empty() ? tag.name : tag.display);
  return out + "</item>\n";
}

std::string render_rss(Context const& context, Feed const& feed) {
  auto const& site = context.site;
  auto url = site.account_url(feed.person);
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
      "xmlns:atom=\"http://www.w3.org/2005/Atom\" "
      "xmlns:media=\"http://search.yahoo.com/mrss/\">\n<channel>\n";
  out += element("title", name_of(feed.person));
  out += element("link", url);
  out += fmt::format("<atom:link href=\"{}\" rel=\"self\" type=\"application/rss+xml\"/>\n",
                     escape_xml(url + ".rss"));
  out += element("description", "Posts by @" + handle_of(site, feed.person));
  out += element("lastBuildDate", to_http_date(changed_at(feed)));
  out += element("generator", "Posy " POSY_VERSION);
  out += "<image>\n" + element("url", site.avatar_url(feed.person)) + element("title", name_of(feed.person)) +
         element("link", url) + "</image>\n";
  for (auto const& view : feed.views.posts) out += rss_item(context, view);
  return out + "</channel>\n</rss>\n";
}

std::string atom_entry(Context const& context, PostView const& view) {
  auto const& site = context.site;
  std::string out = "<entry>\n";
  out += element("id", site.post_uri(view.post, view.author));
  out += element("title", title_of(view));
  out += fmt::format("<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
                     escape_xml(site.post_url(view.post, view.author)));
  out += element("published", to_rfc3339(view.post.created_at));
  out += element("updated", to_rfc3339(changed_at(view)));
  std::string language;
  if (!view.post.language.empty()) language = fmt::format(" xml:lang=\"{}\"", escape_xml(view.post.language));
  out +=
      fmt::format("<content type=\"html\"{}>{}</content>\n", language, escape_xml(content_of(context, view)));
  for (auto const& file : enclosures_of(context, view)) {
    auto length = file.bytes > 0 ? fmt::format(" length=\"{}\"", file.bytes) : std::string();
    out += fmt::format("<link rel=\"enclosure\" href=\"{}\" type=\"{}\"{}/>\n", escape_xml(file.url),
                       escape_xml(file.mime), length);
  }
  for (auto const& tag : view.tags) out += fmt::format("<category term=\"{}\"/>\n", escape_xml(tag.name));
  return out + "</entry>\n";
}

std::string render_atom(Context const& context, Feed const& feed) {
  auto const& site = context.site;
  auto url = site.account_url(feed.person);
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n";
  out += element("id", site.account_uri(feed.person));
  out += element("title", name_of(feed.person));
  out += element("subtitle", "Posts by @" + handle_of(site, feed.person));
  out += element("updated", to_rfc3339(changed_at(feed)));
  out += fmt::format("<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n",
                     escape_xml(url + ".atom"));
  out += fmt::format("<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n", escape_xml(url));
  out += element("icon", site.avatar_url(feed.person));
  out += "<author>\n" + element("name", name_of(feed.person)) + element("uri", url) + "</author>\n";
  out += "<generator uri=\"" + escape_xml(site.base_url + "/about") +
         "\" version=\"" POSY_VERSION "\">Posy</generator>\n";
  for (auto const& view : feed.views.posts) out += atom_entry(context, view);
  return out + "</feed>\n";
}

Task<http::Response> show(Context& context, http::Request const& request, Kind kind) {
  auto name = text::fold_username(request.path_param("name"));
  Render render_it = [&context, name, kind](db::Reader& r, Shows& shows) {
    auto feed = load_feed(r, context.site, shows, name);
    return Rendered{kind == Kind::rss ? render_rss(context, feed) : render_atom(context, feed)};
  };
  return answer(context, kind, "/@" + name + (kind == Kind::rss ? ".rss" : ".atom"), std::move(render_it));
}

Task<http::Response> show_rss(Context& context, http::Request const& request) {
  return show(context, request, Kind::rss);
}
Task<http::Response> show_atom(Context& context, http::Request const& request) {
  return show(context, request, Kind::atom);
}

}  // namespace

std::span<Route const> feed_routes() {
  return routes;
}

}  // namespace posy::pages
