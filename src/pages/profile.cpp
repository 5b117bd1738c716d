// A person and what she writes.
#include "base/encoding.hpp"
#include "pages/families.hpp"
#include "pages/frame.hpp"
#include "pages/person.hpp"
#include "pages/post_parts.hpp"
#include "pages/prose.hpp"
#include "pages/words.hpp"
#include "social/timelines.hpp"
#include "store/profile_field.hpp"
#include "text/normalize.hpp"

namespace posy::pages {
namespace {

using html::Values;

Task<http::Response> show_posts(Context& context, http::Request const& request);
Task<http::Response> show_all(Context& context, http::Request const& request);
Task<http::Response> show_media(Context& context, http::Request const& request);

constexpr Route routes[] = {
    {"/@:name", show_posts},             // her posts and boosts, the pinned ones first
    {"/@:name/with_replies", show_all},  // her answers to others too
    {"/@:name/media", show_media},       // pictures, as a gallery
};

enum class Tab { posts, all, media };

constexpr int posts_a_page = 20;
constexpr int pictures_a_page = 24;  // posts; fills rows of two and of three
constexpr std::size_t description_characters = 200;

std::string path_of(Tab tab) {
  switch (tab) {
    case Tab::posts:
      return "";
    case Tab::all:
      return "/with_replies";
    case Tab::media:
      return "/media";
  }
  return "";
}

struct Asked {
  std::string username;
  Tab tab = Tab::posts;
  std::int64_t before = 0;  // 0: the first page
};

// A page of posts, and the id behind which older ones are.
struct Slice {
  std::vector<PostId> ids;
  std::int64_t older = 0;
};

Slice load_slice(db::Reader& r, store::Account const& person, Asked const& asked) {
  social::ProfileFilter filter{.media_only = asked.tab == Tab::media,
                               .without_replies = asked.tab == Tab::posts};
  store::Page page;
  auto limit = asked.tab == Tab::media ? pictures_a_page : posts_a_page;
  page.limit = limit + 1;  // one more tells whether there are older ones
  if (asked.before) page.before = asked.before;
  Slice slice{social::profile_timeline(r, {}, person.id, filter, page)};
  if (slice.ids.size() > static_cast<std::size_t>(limit)) {
    slice.ids.pop_back();
    slice.older = slice.ids.back().value;
  }
  return slice;
}

void fill_fields(Values& values, store::Account const& person, Emoji const& emoji) {
  auto fields = store::decode_fields(person.fields);
  if (fields.empty()) return;
  auto list = values.section("FIELDS");
  for (auto const& field : fields) {
    auto row = list.section("FIELD");
    row.set_safe_html("LABEL_HTML", emoji.put_in(person.domain, escape_html(field.name)));
    row.set_safe_html("VALUE_HTML", emoji.put_in(person.domain, field.value));
    row.show_if(field.verified_at.has_value(), "IF_VERIFIED");
  }
}

void fill_person(Values& values, Context const& context, store::Account const& person,
                 store::AccountStats const& stats, Emoji const& emoji) {
  auto const& site = context.site;
  values.set("AVATAR_URL", avatar_path(site, person));
  values.set("AVATAR_ALT", person.avatar_description);
  if (!person.header.empty())
    values.section("BANNER")
        .set("BANNER_URL", local_path(site, site.header_url(person)))
        .set("BANNER_ALT", person.header_description);
  else
    values.show("IF_NO_BANNER");
  values.set_safe_html("NAME_HTML", name_html(person, emoji));
  values.set("HANDLE", handle_of(site, person));
  values.show_if(person.bot, "IF_BOT")
      .show_if(person.memorial, "IF_MEMORIAL")
      .show_if(person.locked, "IF_LOCKED");
  if (!person.note.empty())
    values.section("BIO").set_safe_html("NOTE_HTML", prose(emoji, person.domain, person.note));
  fill_fields(values, person, emoji);
  std::pair<std::int64_t, std::string_view> const counts[] = {
      {stats.posts, stats.posts == 1 ? "post" : "posts"},
      {stats.followers, stats.followers == 1 ? "follower" : "followers"},
      {stats.following, "following"}};
  for (auto const& [number, word] : counts)
    values.section("COUNT").set("NUMBER", short_number(number)).set("WORD", word);
  values.set("SINCE", month(person.created_at));
  values.set("FEED_URL", account_path(site, person) + ".rss");
}

void fill_tabs(Values& values, Context const& context, store::Account const& person, Asked const& asked) {
  std::pair<Tab, std::string_view> const tabs[] = {
      {Tab::posts, "Posts"}, {Tab::all, "Posts and replies"}, {Tab::media, "Media"}};
  for (auto const& [tab, label] : tabs) {
    if (tab == Tab::media && !person.show_media) continue;
    auto part = values.section("TAB");
    part.set("TAB_URL", account_path(context.site, person) + path_of(tab)).set("TAB_LABEL", label);
    part.show_if(tab == asked.tab, "IF_CURRENT");
  }
}

void fill_gallery(Values gallery, Context const& context, PostViews const& views) {
  for (auto const& view : views.posts) {
    for (auto const& media : view.media) {
      if (media.kind == store::MediaKind::audio || media.kind == store::MediaKind::unknown) continue;
      auto item = gallery.section("PICTURE");
      item.set("POST_URL", local_path(context.site, context.site.post_url(view.post, view.author)));
      item.set_if_any("COLOUR", colour_of(media.blurhash));
      if (hides_media(view)) {
        item.section("COVERED").set("LABEL", view.post.notice.empty() ? "Sensitive" : view.post.notice);
        continue;
      }
      bool moves = media.kind != store::MediaKind::image;
      auto const& blob = media.preview_blob.empty() && !moves ? media.blob : media.preview_blob;
      auto kind = moves ? "Video" : "Picture";
      auto alt = media.description.empty() ? std::string(kind) + " without a description" : media.description;
      if (blob.empty())
        item.section("COVERED").set("LABEL", alt);
      else
        item.section("OPEN")
            .set("SMALL_URL", local_path(context.site, context.site.media_url(blob)))
            .set("ALT", alt);
      item.show_if(moves, "IF_MOVES");
    }
  }
}

std::string title_of(store::Account const& person, Tab tab) {
  switch (tab) {
    case Tab::posts:
      return name_of(person);
    case Tab::all:
      return name_of(person) + ": posts and replies";
    case Tab::media:
      return name_of(person) + ": media";
  }
  return name_of(person);
}

Head make_head(Context const& context, store::Account const& person, Asked const& asked) {
  auto const& site = context.site;
  auto url = site.account_url(person);
  Head head{.title = title_of(person, asked.tab)};
  head.description = extract(person.note, description_characters);
  head.canonical = url + path_of(asked.tab);
  head.creator = "@" + handle_of(site, person);
  head.hidden_from_search = hides_from_search(person) || asked.before != 0;
  head.alternates = {{"application/rss+xml", url + ".rss", name_of(person)},
                     {"application/atom+xml", url + ".atom", name_of(person)}};
  head.open_graph = OpenGraph{.type = "profile",
                              .title = name_of(person) + " (@" + handle_of(site, person) + ")",
                              .description = head.description};
  if (!person.avatar.empty())
    head.open_graph->pictures.push_back({site.avatar_url(person), person.avatar_description});
  return head;
}

std::string render(Context const& context, db::Reader& r, Shows& shows, Asked const& asked) {
  auto person = load_person(r, asked.username, shows);
  auto slice = load_slice(r, person, asked);
  std::vector<PostId> pinned;
  if (asked.tab == Tab::posts && !asked.before) {
    pinned = social::profile_timeline(r, {}, person.id, {.pinned = true}, {});
    std::erase_if(slice.ids, [&](PostId id) { return std::ranges::find(pinned, id) != pinned.end(); });
  }
  auto ids = pinned;
  ids.insert(ids.end(), slice.ids.begin(), slice.ids.end());
  auto views = load_posts(r, context.site, ids, shows, {person});
  for (auto& view : views.posts)
    view.pinned = !view.booster && std::ranges::find(pinned, view.post.id) != pinned.end();
  auto stats = store::account_stats(r, {person.id});

  Values values;
  fill_person(values, context, person, stats.empty() ? store::AccountStats{person.id} : stats.front(),
              views.emoji);
  fill_tabs(values, context, person, asked);
  if (views.posts.empty())
    values.show("IF_EMPTY");
  else if (asked.tab == Tab::media)
    fill_gallery(values.section("GALLERY"), context, views);
  else {
    auto list = values.section("LIST");
    fill_posts(list, context, views, r.now());
  }
  auto path = account_path(context.site, person) + path_of(asked.tab);
  if (asked.before || slice.older) {
    auto paging = values.section("PAGING");
    if (asked.before) paging.set_if_any("NEWEST_URL", path);
    if (slice.older) paging.set_if_any("OLDER_URL", path + "?max_id=" + std::to_string(slice.older));
  }
  return in_frame(context, make_head(context, person, asked),
                  context.templates.render("profile.html", values));
}

Task<http::Response> show(Context& context, http::Request const& request, Tab tab) {
  Asked asked{.username = text::fold_username(request.path_param("name")), .tab = tab};
  if (auto const* before = request.params.if_contains("max_id"); before && before->is_string())
    asked.before = parse_id(before->get_string()).value_or(0);
  std::string address = asked.before ? "" : "/@" + asked.username + path_of(tab);
  Render render_it = [&context, asked](db::Reader& r, Shows& shows) {
    return Rendered{render(context, r, shows, asked)};
  };
  return answer(context, Kind::page, std::move(address), std::move(render_it));
}

Task<http::Response> show_posts(Context& context, http::Request const& request) {
  return show(context, request, Tab::posts);
}
Task<http::Response> show_all(Context& context, http::Request const& request) {
  return show(context, request, Tab::all);
}
Task<http::Response> show_media(Context& context, http::Request const& request) {
  return show(context, request, Tab::media);
}

}  // namespace

std::string render_profile(Context const& context, db::Reader& r, Shows& shows, std::string_view username) {
  return render(context, r, shows, {.username = std::string(username)});
}

std::span<Route const> profile_routes() {
  return routes;
}

}  // namespace posy::pages
