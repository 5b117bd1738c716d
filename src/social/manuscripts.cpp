#include "social/manuscripts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "social/draft.hpp"
#include "social/edit.hpp"
#include "social/essay.hpp"
#include "social/publish.hpp"
#include "social/scheduled.hpp"
#include "store/media.hpp"
#include "text/normalize.hpp"
#include "text/slug.hpp"

namespace posy::social {

using store::Manuscript;

namespace {

constexpr auto invalid = Refusal::unprocessable;
constexpr std::string_view changed_meanwhile = "This draft was changed meanwhile. Please load it again.";

// As it was typed, blanks at the ends too: it is not finished.
std::string kept_text(std::string_view text, std::size_t bytes_max, std::string_view what) {
  if (text.size() > bytes_max)
    refuse(invalid, fmt::format("Validation failed: {} is too long (maximum is {} bytes)", what, bytes_max));
  auto clean = text::clean(text);
  if (!clean) refuse(invalid, fmt::format("Validation failed: {} is not valid UTF-8", what));
  return std::move(*clean);
}

void apply(Manuscript& m, ManuscriptChange const& change) {
  constexpr std::size_t line_bytes_max = 8 << 10;  // more than any title, summary or notice may have
  if (change.title) m.title = kept_text(*change.title, line_bytes_max, "Title");
  if (change.summary) m.summary = kept_text(*change.summary, line_bytes_max, "Summary");
  if (change.slug) m.slug = kept_text(*change.slug, text::slug_bytes_max, "Slug");
  if (change.text) m.text = kept_text(*change.text, essay_bytes_max, "Text");
  if (change.source_type) m.source_type = *change.source_type;
  if (change.notice) m.notice = kept_text(*change.notice, line_bytes_max, "Content notice");
  if (change.sensitive) m.sensitive = *change.sensitive;
  if (change.language) m.language = known_language(*change.language);
  if (change.visibility) m.visibility = change.visibility;
  if (change.quote_policy) m.quote_policy = change.quote_policy;
  if (change.cover) m.cover = *change.cover;
  if (!change.media) return;
  m.media.clear();
  for (auto id : *change.media) m.media += (m.media.empty() ? "" : "\n") + id.str();
}

// Its files, those that its text shows too. What it lists itself must be hers.
std::vector<MediaId> files_of(db::Reader& r, Manuscript const& m) {
  auto listed = media_of(m);
  if (m.cover) listed.push_back(m.cover);
  if (listed.size() > text::pictures_max) refuse(invalid, "Validation failed: Too many files");
  auto all = listed;
  for (auto id : media_named_in(m.text)) all.push_back(id);
  auto rows = store::media_by_id(r, all);
  std::erase_if(rows, [&](store::Media const& media) { return media.account != m.account; });
  std::vector<MediaId> hers;
  for (auto const& media : rows) hers.push_back(media.id);
  for (auto id : listed)
    if (std::ranges::find(hers, id) == hers.end()) refuse(invalid, "Validation failed: Media not found");
  return hers;
}

void hold_files(db::Writer& w, Manuscript const& m) {
  auto files = files_of(w, m);
  if (files != store::held_media(w, m.id)) store::hold_media(w, m.id, files);
}

// The newest version is as the manuscript is now; after a while it is left as it is, and another begins.
void keep_version(db::Writer& w, Manuscript const& m) {
  auto kept = store::versions_of(w, m.id, manuscript_versions_max + 1);
  Time begun_at = m.updated_at;
  if (!kept.empty() && m.updated_at < kept.front().begun_at + manuscript_version_span) {
    begun_at = kept.front().begun_at;
    store::delete_version(w, m.id, kept.front().version);
    kept.erase(kept.begin());
  }
  store::insert_version(w, {m.id, m.version, begun_at, m.updated_at, m.title, m.summary, m.text});
  std::int64_t characters = 0;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    characters += kept[i].characters;
    bool is_enough = i + 1 >= manuscript_versions_max || characters > manuscript_versions_characters_max;
    if (is_enough) return store::delete_versions_up_to(w, m.id, kept[i].version);
  }
}

void begin_with(db::Reader& r, Manuscript& m, store::Post const& post) {
  m.post = post.id;
  m.title = post.title;
  m.summary = post.summary;
  m.slug = post.slug;
  m.text = post.source;
  m.source_type = post.source_type;
  m.notice = post.notice;
  m.sensitive = post.sensitive;
  m.language = post.language;
  m.visibility = post.visibility;
  m.quote_policy = post.quote_policy;
  m.cover = post.cover;
  for (auto const& media : store::media_of(r, {post.id}))
    m.media += (m.media.empty() ? "" : "\n") + media.id.str();
}

Manuscript take(db::Reader& r, AccountId who, RowId id, Publication const& publication) {
  auto m = find_own_manuscript(r, who, id);
  if (publication.version && *publication.version != m.version)
    refuse(Refusal::conflict, std::string(changed_meanwhile));
  return m;
}

Draft draft_of(Manuscript const& m, AppId app) {
  return {
      .author = m.account,
      .app = app,
      .title = m.title,
      .summary = m.summary,
      .slug = m.slug,
      .cover = m.cover,
      .text = m.text,
      .source_type = m.source_type,
      .notice = m.notice,
      .sensitive = m.sensitive,
      .language = m.language,
      .visibility = m.visibility,
      .quote_policy = m.quote_policy,
      .media = media_of(m),
  };
}

Edit edit_of(Manuscript const& m) {
  Edit edit;
  edit.title = m.title;
  edit.summary = m.summary;
  edit.slug = m.slug;
  edit.cover = m.cover;
  edit.text = m.text;
  edit.source_type = m.source_type;
  edit.notice = m.notice;
  edit.sensitive = m.sensitive;
  edit.language = m.language;
  edit.media = media_of(m);
  edit.quote_policy = m.quote_policy;
  return edit;
}

void announce(db::Writer& w, Site const& site, store::Post const& post, Publication const& publication) {
  if (publication.announcement.empty()) return;
  auto author = store::find_account(w, post.author);
  Draft note{.author = post.author, .app = publication.app};
  note.text = publication.announcement + "\n\n" + site.post_url(post, author.value());
  note.visibility = post.visibility;
  note.language = post.language;
  publish(w, site, note);
}

}  // namespace

std::vector<MediaId> media_of(Manuscript const& manuscript) {
  std::vector<MediaId> out;
  std::string_view rest = manuscript.media;
  while (!rest.empty()) {
    auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (auto id = parse_id(line)) out.push_back(MediaId{*id});
  }
  return out;
}

Manuscript begin_manuscript(db::Writer& w, AccountId who, PostId post, ManuscriptChange const& change) {
  Manuscript m{.id = w.make_id<RowId>(), .account = who, .created_at = w.now(), .updated_at = w.now()};
  if (post) {
    auto found = store::find_post(w, post);
    if (!found || found->author != who || found->boost_of) refuse(Refusal::not_found, "Record not found");
    if (auto known = store::find_manuscript_of(w, post)) return *known;
    begin_with(w, m, *found);
  }
  if (store::count_manuscripts(w, who) >= manuscripts_max)
    refuse(invalid, fmt::format("Validation failed: You have exceeded the limit of {} drafts", manuscripts_max));
  apply(m, change);
  store::insert_manuscript(w, m);
  hold_files(w, m);
  keep_version(w, m);
  return m;
}

Manuscript find_own_manuscript(db::Reader& r, AccountId who, RowId id) {
  auto m = store::find_manuscript(r, id);
  if (!m || m->account != who) refuse(Refusal::not_found, "Record not found");
  return *m;
}

Manuscript save_manuscript(db::Writer& w, AccountId who, RowId id, std::int64_t version,
                           ManuscriptChange const& change) {
  auto m = find_own_manuscript(w, who, id);
  auto const before = m.version;
  apply(m, change);
  m.version = version + 1;
  m.updated_at = w.now();
  if (before != version || !store::update_manuscript(w, m, version))
    refuse(Refusal::conflict, std::string(changed_meanwhile));
  hold_files(w, m);
  keep_version(w, m);
  return m;
}

void delete_own_manuscript(db::Writer& w, AccountId who, RowId id) {
  auto m = find_own_manuscript(w, who, id);
  auto held = store::held_media(w, m.id);
  store::delete_manuscript(w, m.id);
  store::leave_media(w, held, w.now());
}

PostId publish_manuscript(db::Writer& w, Site const& site, AccountId who, RowId id, Publication const& publication) {
  auto m = take(w, who, id, publication);
  // Before it is published: what it holds is free for the post then.
  store::delete_manuscript(w, m.id);
  if (m.post) return edit_post(w, site, who, m.post, edit_of(m)).id;
  auto post = publish(w, site, draft_of(m, publication.app));
  announce(w, site, post, publication);
  return post.id;
}

RowId schedule_manuscript(db::Writer& w, Site const& site, AccountId who, RowId id, Publication const& publication,
                          Time due_at) {
  auto m = take(w, who, id, publication);
  if (m.post) refuse(invalid, "Validation failed: A change cannot be scheduled");
  if (!publication.announcement.empty()) refuse(invalid, "Validation failed: An announcement cannot be scheduled");
  store::delete_manuscript(w, m.id);
  return schedule(w, site, draft_of(m, publication.app), due_at).id;
}

}  // namespace posy::social
