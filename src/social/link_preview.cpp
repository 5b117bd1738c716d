#include "social/link_preview.hpp"

#include "base/random.hpp"
#include "jobs/queue.hpp"
#include "social/domain_rules.hpp"
#include "social/links.hpp"
#include "social/live.hpp"
#include "store/media.hpp"

namespace posy::social {

using store::LinkPreview;
using store::PreviewState;

namespace {

using namespace std::chrono_literals;
constexpr Milliseconds fresh = 14 * 24h;
constexpr Milliseconds news_max = 24h;        // what was written before is fetched for no more
constexpr Milliseconds local_delay = 3s;      // at most; the author is looking
constexpr Milliseconds elsewhere_first = 5s;  // at least
constexpr Milliseconds elsewhere_spread = 90s;
constexpr int clean_up_max = 500;
// As many as the renderer keeps in memory.
constexpr int posts_told_max = 20'000;

Milliseconds by_chance(Milliseconds most) {
  return Milliseconds(static_cast<std::int64_t>(random_number() % static_cast<std::uint64_t>(most.count() + 1)));
}

Time time_to_fetch(db::Writer& w, bool is_local) {
  return w.now() + (is_local ? by_chance(local_delay) : elsewhere_first + by_chance(elsewhere_spread));
}

bool is_shown(store::Post const& post, bool has_media) {
  return !has_media && !post.poll && !post.quote_of && post.visibility != store::Visibility::direct;
}

bool is_stale(LinkPreview const& known, Time now) {
  return !known.run_at && (!known.fetched_at || *known.fetched_at < now - fresh);
}

// The loop that fetches sleeps for long; the job wakes it.
void wake_at(db::Writer& w, RowId preview, Time run_at) {
  jobs::add(w, jobs::FetchPreview{preview}, run_at);
}

// Nothing when the page is not known and may not be asked for.
RowId find_or_ask(db::Writer& w, std::string const& key, std::string const& link, bool is_local, bool may_fetch) {
  auto run_at = time_to_fetch(w, is_local);
  auto known = store::find_preview(w, key);
  if (!known) {
    if (!may_fetch) return {};
    LinkPreview made{.id = w.make_id<RowId>(), .link_key = key, .link = link, .asked_at = w.now(), .run_at = run_at};
    made.look_at = w.now() + fresh;
    if (store::insert_preview(w, made)) {
      if (is_local) wake_at(w, made.id, run_at);
      return made.id;
    }
    known = store::find_preview(w, key);  // somebody else was quicker
    if (!known) return {};
  }
  bool stale = is_stale(*known, w.now());
  if (!may_fetch || !(stale || known->run_at)) return known->id;
  if (stale) store::ask_again(w, known->id, run_at);
  else if (is_local) store::hasten_preview(w, known->id, run_at);
  if (is_local) wake_at(w, known->id, run_at);
  return known->id;
}

// The link's own host, and where it led.
std::vector<std::string> hosts_of(LinkPreview const& preview) {
  std::vector<std::string> out;
  for (auto const& link : {preview.link, preview.url}) {
    auto normal = normal_link(link);
    if (!normal) continue;
    if (auto host = fold_host(host_in(*normal))) out.push_back(*host);
  }
  return out;
}

RuleSet rules_about(db::Reader& r, std::vector<store::ShownPreview> const& shown) {
  std::vector<std::string> names;
  for (auto const& one : shown)
    for (auto const& host : hosts_of(one.preview))
      for (auto name : with_parents(host)) names.emplace_back(name);
  return {false, store::domain_rules_named(r, names), {}};
}

void take_picture_out(LinkPreview& preview) {
  preview.image.clear();
  preview.image_description.clear();
  preview.blurhash.clear();
  preview.image_width = preview.image_height = 0;
}

}  // namespace

std::string fit_link(Site const& site, std::vector<std::string> const& urls) {
  for (auto const& url : urls) {
    std::string_view rest = url;
    bool is_own = rest.starts_with(site.base_url);
    if (is_own) rest.remove_prefix(site.base_url.size());
    if (is_own && (rest.empty() || rest.find_first_of("/?#") == 0)) continue;
    if (link_key(url)) return url;
  }
  return {};
}

void add_preview(db::Writer& w, store::Post const& post, bool has_media, std::string const& link, bool may_fetch) {
  if (link.empty() || !is_shown(post, has_media)) return;
  auto key = link_key(link);
  if (!key) return;
  bool is_recent = post.edited_at.value_or(post.created_at) > w.now() - news_max;
  auto preview = find_or_ask(w, *key, link, post.is_local, may_fetch && is_recent);
  if (preview) store::show_preview(w, post.id, preview);
}

void change_preview(db::Writer& w, store::Post const& post, bool has_media, std::string const& link) {
  store::hide_preview(w, post.id);
  add_preview(w, post, has_media, link, true);
}

std::vector<std::string> keep_preview(db::Writer& w, LinkPreview const& preview) {
  auto before = store::find_preview(w, preview.id);
  if (!before) return store::unnamed_blobs(w, {preview.image});
  store::update_preview(w, preview);
  bool was_shown = before->state == PreviewState::found, is_shown = preview.state == PreviewState::found;
  if (was_shown || is_shown)
    for (auto post : store::posts_with(w, preview.id, posts_told_max)) tell(w, Live::post_changed, post.value);
  return store::unnamed_blobs(w, {before->image, preview.image});
}

std::vector<store::ShownPreview> shown_previews(db::Reader& r, std::vector<PostId> const& posts) {
  auto shown = store::previews_of(r, posts);
  if (shown.empty()) return shown;
  auto rules = rules_about(r, shown);
  auto rule_of_page = [&](LinkPreview const& preview) {
    Rule rule;
    for (auto const& host : hosts_of(preview)) rule = stronger(rule, rules.rule_for_web(host));
    return rule;
  };
  std::erase_if(shown, [&](auto const& one) { return rule_of_page(one.preview).is_suspended(); });
  for (auto& one : shown)
    if (rule_of_page(one.preview).reject_media) take_picture_out(one.preview);
  return shown;
}

std::vector<std::string> clean_up_previews(db::Writer& w) {
  std::vector<std::string> images;
  for (auto& gone : store::delete_unused_previews(w, w.now() + fresh, clean_up_max))
    images.push_back(std::move(gone.image));
  return store::unnamed_blobs(w, images);
}

}  // namespace posy::social
