#include "social/edit.hpp"

#include <algorithm>

#include "jobs/queue.hpp"
#include "social/compose.hpp"
#include "social/conversations.hpp"
#include "social/essay.hpp"
#include "social/link_preview.hpp"
#include "social/links.hpp"
#include "social/live.hpp"
#include "social/media.hpp"
#include "social/notify.hpp"
#include "social/send.hpp"
#include "social/quote.hpp"
#include "social/visibility.hpp"
#include "store/essay_slug.hpp"
#include "store/poll.hpp"
#include "store/tag.hpp"
#include "text/language.hpp"

namespace posy::social {

using store::Post;
using store::Visibility;

namespace {

constexpr auto invalid = Refusal::unprocessable;

std::vector<std::string> poll_titles(db::Reader& r, PollId poll) {
  std::vector<std::string> out;
  if (!poll) return out;
  for (auto const& option : store::options_of(r, {poll})) out.push_back(option.title);
  return out;
}

void keep_version(db::Writer& w, Post const& post, Time when) {
  store::PostEdit edit{
      .id = w.make_id<RowId>(),
      .post = post.id,
      .created_at = when,
      .content = post.content,
      .notice = post.notice,
      .sensitive = post.sensitive,
  };
  for (auto const& title : poll_titles(w, post.poll)) edit.poll += edit.poll.empty() ? title : "\n" + title;
  std::vector<store::EditMedia> media;
  for (auto const& row : store::media_of(w, {post.id}))
    media.push_back({edit.id, row.position, row.id, row.description});
  store::insert_edit(w, edit, media);
}

// `all` is what the post has then.
bool change_media(db::Writer& w, Site const& site, Post const& post, Edit const& edit,
                  std::vector<MediaId> const& all) {
  std::vector<MediaId> before;
  for (auto const& media : store::media_of(w, {post.id})) before.push_back(media.id);
  bool changed = before != all;
  if (changed) {
    std::erase_if(before, [&](MediaId id) { return std::ranges::find(all, id) != all.end(); });
    store::release_media(w, before, w.now());
    if (!store::attach_media(w, post.id, all))
      refuse(invalid, "Validation failed: Media not found or already attached to another post");
  }
  for (auto const& change : edit.media_changes) {
    if (std::ranges::find(all, change.id) == all.end()) continue;
    changed |= describe_media(w, site, post.author, change.id, change.description, change.focus);
  }
  return changed;
}

// Whether anybody can see a difference other than in the time that is left.
bool change_poll(db::Writer& w, Site const& site, Post& post, Edit const& edit) {
  auto old = post.poll ? store::find_poll(w, post.poll) : std::nullopt;
  if (!edit.poll) {
    if (!old) return false;
    jobs::cancel(w, jobs::EndPoll{old->id});
    store::delete_poll(w, old->id);
    post.poll = {};
    return true;
  }
  if (!edit.media.empty())
    refuse(invalid, "Validation failed: A post cannot have both a poll and media attachments");
  PollDraft draft = check_poll(site, *edit.poll);
  store::Poll poll = old.value_or(store::Poll{.id = w.make_id<PollId>(), .post = post.id});
  bool resets = !old || old->multiple != draft.multiple || poll_titles(w, poll.id) != draft.options;
  poll.expires_at = w.now() + std::chrono::seconds(draft.seconds);
  poll.multiple = draft.multiple;
  poll.hide_totals = draft.hide_totals;
  poll.ended = false;
  if (!old) {
    store::insert_poll(w, poll, draft.options);
  } else {
    store::update_poll(w, poll);
    if (resets) store::replace_options(w, poll.id, draft.options);
  }
  jobs::add(w, jobs::EndPoll{poll.id}, *poll.expires_at);
  post.poll = poll.id;
  return resets;
}

// Returns those who were not mentioned before.
std::vector<AccountId> change_mentions(db::Writer& w, Post const& post,
                                       std::vector<AccountId> const& mentioned) {
  std::vector<AccountId> added;
  auto before = store::mentions_of(w, {post.id});
  for (auto account : mentioned) {
    bool is_old = std::ranges::any_of(before, [&](store::Mention const& m) { return m.account == account; });
    if (!is_old) added.push_back(account);
  }
  // Those to whom a direct post was addressed have read it; taking their names out does not unsend it.
  if (post.visibility != Visibility::direct) store::delete_mentions(w, post.id);
  store::insert_mentions(w, post.id, mentioned);
  return added;
}

void change_tags(db::Writer& w, Post const& post, text::Composed const& composed) {
  store::delete_post_tags(w, post.id);
  std::vector<TagId> tags;
  for (auto const& tag : store::find_or_add_tags(w, tags_in(composed))) tags.push_back(tag.id);
  store::insert_post_tags(w, post.id, tags);
}

void announce(db::Writer& w, Post const& post, std::vector<AccountId> const& added) {
  for (auto account : added) notify(w, account, NotificationKind::mention, post.author, post.id);
  for (auto booster : store::local_boosters(w, post.id))
    notify(w, booster, NotificationKind::update, post.author, post.id);
  auto quotes = w.all<std::tuple<PostId, AccountId>>(
      "select id, author from post where quote_of = $1 and quote_state = $2 and is_local = 1", post.id,
      store::QuoteState::accepted);
  for (auto const& [quote, author] : quotes)
    notify(w, author, NotificationKind::quoted_update, post.author, quote);
}

}  // namespace

namespace {

void change_essay(db::Writer& w, Post& post, Edit const& edit) {
  if (edit.title) post.title = clean_title(*edit.title);
  if (post.title.empty()) {
    post.summary.clear();
    post.slug.clear();
    post.cover = {};
    return;
  }
  if (edit.summary) post.summary = clean_text(*edit.summary);
  if (edit.cover) post.cover = *edit.cover;
  // An address stays when the title changes; it changes when that is asked for.
  if (edit.slug || post.slug.empty())
    post.slug = choose_slug(w, post.author, post.id, edit.slug.value_or(""), post.title);
}

}  // namespace

Post edit_post(db::Writer& w, Site const& site, AccountId who, PostId id, Edit const& edit) {
  auto found = store::find_post(w, id);
  if (!found || found->author != who || found->boost_of) refuse(Refusal::not_found, "Record not found");
  Post const before = *found;
  Post post = before;

  std::string text = clean_text(edit.text);
  std::string notice = clean_text(edit.notice);
  bool has_notice = !notice.empty();
  if (text.empty()) std::swap(text, notice);
  if (text.empty() && edit.media.empty() && !post.quote_of)
    refuse(invalid, "Validation failed: Text can't be blank");

  if (edit.quote_policy) set_quote_policy(w, who, post.id, *edit.quote_policy);
  post.source_type = edit.source_type.value_or(before.source_type);
  change_essay(w, post, edit);
  auto rendered = render(w, site, who,
                         {.title = post.title,
                          .summary = post.summary,
                          .cover = post.cover,
                          .text = text,
                          .notice = notice,
                          .source_type = post.source_type,
                          .attached = edit.media},
                         post.id, {});
  auto const& composed = rendered.composed;
  if (!post.title.empty() && edit.poll) refuse(invalid, "Validation failed: An article cannot have a poll");
  post.content = composed.html;
  post.source = std::move(text);
  post.notice = std::move(notice);
  post.sensitive = edit.sensitive || has_notice;
  if (auto language = known_language(edit.language); !language.empty()) post.language = language;

  // The first edit keeps the original too, before anything of it is touched.
  if (!store::has_edits(w, post.id)) keep_version(w, before, before.created_at);
  bool changed = change_media(w, site, before, edit, rendered.media);
  changed |= change_poll(w, site, post, edit);
  changed |= before.title != post.title || before.summary != post.summary || before.slug != post.slug ||
             before.cover != post.cover;
  changed |= before.content != post.content || before.source != post.source || before.notice != post.notice ||
             before.sensitive != post.sensitive || before.language != post.language;
  if (!changed) {
    tell(w, Live::post_changed, post.id.value);  // a poll may end at another time
    return before;
  }

  post.edited_at = w.now();
  store::update_post_text(w, post);
  if (!post.slug.empty()) store::insert_slug(w, {post.author, post.slug, post.id});
  keep_version(w, post, *post.edited_at);
  auto mentioned = mentioned_in(composed);
  auto added = change_mentions(w, post, mentioned);
  change_tags(w, post, composed);
  set_links(w, post.id, composed.urls);
  change_preview(w, post, !rendered.media.empty(), fit_link(site, composed.urls));
  if (post.visibility == Visibility::direct && !added.empty()) join_conversation(w, post, mentioned);
  index_changed(w, post);
  announce(w, post, added);
  send(w, who, Act::update, post.id.value);
  tell(w, Live::post_edited, post.id.value);
  return post;
}

}  // namespace posy::social
