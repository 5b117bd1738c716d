// One post, large, between what it answers and what was answered.
#include <algorithm>
#include <unordered_map>

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "pages/families.hpp"
#include "pages/find_post.hpp"
#include "pages/frame.hpp"
#include "pages/person.hpp"
#include "pages/essay.hpp"
#include "pages/post_parts.hpp"
#include "store/essay_slug.hpp"
#include "store/title.hpp"
#include "text/normalize.hpp"
#include "text/slug.hpp"

namespace posy::pages {
namespace {

using html::Values;

Task<http::Response> show_post(Context& context, http::Request const& request);

constexpr Route routes[] = {
    {"/@:name/:id", show_post},
};

constexpr int ancestors_max = 40;
constexpr int descendants_max = 200;
constexpr int depth_max = 4;  // deeper answers stand beside one another
constexpr std::size_t title_characters = 70;

// The answers below each post, in the order in which they are read.
using Answers = std::unordered_map<PostId, std::vector<PostView const*>>;

// Takes from the answers those with which the author went on, each below the last: one text in several parts.
// Of several that she wrote below one post the first is meant; the others are answers.
std::vector<PostView const*> take_continuation(PostView const& focus, std::vector<PostView const*>& below) {
  std::ranges::sort(below, {}, [](PostView const* view) { return view->post.id; });
  std::vector<PostView const*> parts;
  PostId last = focus.post.id;
  auto goes_on = [&](PostView const* view) {
    return view->author.id == focus.author.id && view->post.in_reply_to == last;
  };
  for (auto next = std::ranges::find_if(below, goes_on); next != below.end();
       next = std::ranges::find_if(below, goes_on)) {
    last = (*next)->post.id;
    parts.push_back(*next);
    below.erase(next);
  }
  return parts;
}

// An answer to something that is not among them, such as a later part of the author's text, hangs on the post of the page.
Answers arrange(PostView const& focus, std::vector<PostView const*> const& below) {
  std::unordered_map<PostId, bool> is_shown{{focus.post.id, true}};
  for (auto const* view : below) is_shown[view->post.id] = true;
  Answers answers;
  for (auto const* view : below)
    answers[is_shown.contains(view->post.in_reply_to) ? view->post.in_reply_to : focus.post.id].push_back(
        view);
  // Where the author goes on herself, that is read first.
  auto place = [&](PostView const* view) {
    return std::pair(view->author.id != focus.author.id, view->post.id);
  };
  for (auto& [id, list] : answers) std::ranges::sort(list, {}, place);
  return answers;
}

class ReplyList {
 public:
  ReplyList(Context const& context, Answers const& answers, Emoji const& emoji, Time now)
      : context_(context), answers_(answers), emoji_(emoji), now_(now) {}

  // Below `parent`, into the sections REPLY of replies.html.
  void fill(Values& list, PostId parent, int depth, Look look = Look::answer) const {
    auto found = answers_.find(parent);
    if (found == answers_.end()) return;
    for (auto const* view : found->second) {
      auto item = list.section("REPLY");
      auto post = item.include("POST", "post.html");
      fill_post(post, context_, *view, emoji_, now_, look);
      if (!answers_.contains(view->post.id)) continue;
      if (depth == depth_max) {
        fill(list, view->post.id, depth, Look::listed);
        continue;
      }
      auto nested = item.include("REPLIES", "replies.html");
      fill(nested, view->post.id, depth + 1);
    }
  }

 private:
  Context const& context_;
  Answers const& answers_;
  Emoji const& emoji_;
  Time now_;
};

Head make_head(Context const& context, PostView const& focus) {
  auto const& site = context.site;
  auto url = site.post_url(focus.post, focus.author);
  Head head{.title = name_of(focus.author) + ": “" + summary_of(focus, title_characters) + "”"};
  if (store::is_essay(focus.post)) head.title = focus.post.title;
  head.open_graph = preview_of(context, focus);
  head.description = head.open_graph->description;
  head.canonical = url;
  head.creator = "@" + handle_of(site, focus.author);
  head.hidden_from_search =
      hides_from_search(focus.author) || focus.post.visibility != store::Visibility::everyone;
  head.alternates = {{"application/json+oembed",
                      site.base_url + "/api/oembed?format=json&url=" + percent_encode(url),
                      name_of(focus.author)}};
  return head;
}

std::string url_of(db::Reader& r, social::Site const& site, store::Post const& post) {
  auto author = store::find_account(r, post.author);
  if (!author) refuse(Refusal::not_found, "Post not found");
  return site.post_url(post, *author);
}

// `slug` is the end of the address where that is no id; every post is shown at one address.
Rendered render(Context const& context, db::Reader& r, Shows& shows, std::string_view name, PostId id,
                std::string_view slug) {
  auto post = find_post(r, shows, name, id);
  if (post.boost_of) return {.body = {}, .redirect = boosted_url(r, context.site, post)};
  if (post.slug != slug) return {.body = {}, .redirect = local_path(context.site, url_of(r, context.site, post))};
  bool const is_essay = store::is_essay(post);

  auto above = store::ancestors(r, post, ancestors_max);
  auto below = store::descendants(r, post, descendants_max + 1);
  bool is_cut = below.size() > static_cast<std::size_t>(descendants_max);
  if (is_cut) below.pop_back();
  auto ids = above;
  ids.push_back(id);
  ids.insert(ids.end(), below.begin(), below.end());
  auto views = load_posts(r, context.site, ids, shows);

  auto focus = std::ranges::find_if(views.posts, [&](PostView const& view) { return view.post.id == id; });
  if (focus == views.posts.end()) refuse(Refusal::not_found, "Post not found");
  Values values;
  if (!is_essay) values.section("NOTE").set("AUTHOR_NAME", name_of(focus->author));
  if (focus != views.posts.begin()) {
    auto before = values.section("BEFORE");
    for (auto view = views.posts.begin(); view != focus; ++view) {
      auto item = before.include("POST", "post.html");
      fill_post(item, context, *view, views.emoji, r.now(),
                view == views.posts.begin() ? Look::listed : Look::answer);
    }
  }
  auto main = values.include("FOCUS", is_essay ? "essay.html" : "post.html");
  if (is_essay)
    fill_essay(main, context, *focus, views.emoji);
  else
    fill_post(main, context, *focus, views.emoji, r.now(), Look::focus);

  std::vector<PostView const*> replies;
  for (auto view = focus + 1; view != views.posts.end(); ++view)
    if (!view->author.silenced_at || view->author.id == focus->author.id) replies.push_back(&*view);
  auto more = take_continuation(*focus, replies);
  if (!more.empty()) {
    auto list = values.section("MORE").include("REPLIES", "replies.html");
    for (auto const* view : more) {
      auto part = list.section("REPLY").include("POST", "post.html");
      fill_post(part, context, *view, views.emoji, r.now(), Look::answer);
    }
  }
  if (!replies.empty()) {
    auto answers = arrange(*focus, replies);
    auto section = values.section("AFTER");
    auto list = section.include("REPLIES", "replies.html");
    ReplyList(context, answers, views.emoji, r.now()).fill(list, id, 1);
  }
  values.show_if(is_cut, "IF_CUT");
  return {in_frame(context, make_head(context, *focus), context.templates.render("thread.html", values))};
}

// By the last part of its address, its own or one that it had.
Task<http::Response> show_essay(Context& context, http::Request const& request) {
  auto name = text::fold_username(request.path_param("name"));
  std::string slug(request.path_param("id"));
  if (!text::is_slug(slug)) refuse(Refusal::not_found, "Post not found");
  Render render_it = [&context, name, slug](db::Reader& r, Shows& shows) {
    auto author = load_person(r, name, shows);
    auto found = store::find_slug(r, author.id, slug);
    if (!found) refuse(Refusal::not_found, "Post not found");
    return render(context, r, shows, name, found->post, slug);
  };
  return answer(context, Kind::page, "/@" + name + "/" + slug, std::move(render_it));
}

Task<http::Response> show_post(Context& context, http::Request const& request) {
  if (!parse_id(request.path_param("id"))) {
    Task<http::Response> showing = show_essay(context, request);
    co_return co_await std::move(showing);
  }
  auto asked = post_of(request);
  Render render_it = [&context, asked](db::Reader& r, Shows& shows) {
    return render(context, r, shows, asked.name, asked.id, "");
  };
  auto address = "/@" + asked.name + "/" + asked.id.str();
  Task<http::Response> answering = answer(context, Kind::page, std::move(address), std::move(render_it));
  http::Response response = co_await std::move(answering);
  if (context.refresh && response.status == 200) context.refresh->thread_opened(asked.id);
  co_return response;
}

}  // namespace

std::span<Route const> thread_routes() {
  return routes;
}

}  // namespace posy::pages
