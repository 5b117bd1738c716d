#include "social/draft.hpp"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "social/allowed.hpp"
#include "social/compose.hpp"
#include "social/essay.hpp"
#include "social/quote.hpp"
#include "social/visibility.hpp"
#include "store/login.hpp"
#include "text/language.hpp"
#include "text/normalize.hpp"
#include "text/plain.hpp"

namespace posy::social {

using store::Post;
using store::Visibility;

namespace {

constexpr auto invalid = Refusal::unprocessable;
constexpr std::size_t title_characters_max = 300;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\n\r";
  auto start = text.find_first_not_of(blank);
  if (start == text.npos) return {};
  return text.substr(start, text.find_last_not_of(blank) - start + 1);
}

std::string choose_language(Draft const& draft, store::Login const& login) {
  if (auto given = known_language(draft.language); !given.empty()) return given;
  if (!login.default_language.empty()) return login.default_language;
  return text::detect_language(draft.text).value_or("");
}

}  // namespace

Visibility choose_visibility(Draft const& draft, store::Account const& author, store::Login const& login,
                             std::optional<Post> const& quoted) {
  auto visibility = draft.visibility.value_or(login.default_visibility);
  if (visibility == Visibility::everyone && author.silenced_at) visibility = Visibility::unlisted;
  if (quoted && quoted->visibility == Visibility::followers)
    visibility = std::max(visibility, Visibility::followers);
  return visibility;
}

std::optional<Post> find_referred(db::Reader& r, AccountId author, PostId id) {
  if (!id) return {};
  Post post = find_visible_post(r, Viewer{author}, id).value();
  if (!post.boost_of) return post;
  return find_visible_post(r, Viewer{author}, post.boost_of).value();
}

std::string clean_text(std::string_view text) {
  auto clean = text::clean(text);
  if (!clean) refuse(invalid, "Validation failed: Text is not valid UTF-8");
  return std::string(trimmed(*clean));
}

std::string clean_title(std::string_view title) {
  auto clean = clean_text(title);
  std::ranges::replace(clean, '\n', ' ');
  if (text::count_characters(clean) > title_characters_max)
    refuse(invalid, fmt::format("Validation failed: Title is too long (maximum is {} characters)", title_characters_max));
  return clean;
}

void check_length(Site const& site, std::string_view text, std::string_view notice) {
  auto most = site.limits.post_characters;
  // Counting takes time, and no character has more than a few hundred bytes in earnest.
  bool too_long = text.size() + notice.size() > text::source_bytes_max ||
                  text::count_characters(text) + text::count_characters(notice) > most;
  if (too_long) refuse(invalid, fmt::format("Validation failed: Text character limit of {} exceeded", most));
}

void check_media(db::Reader& r, std::size_t most, AccountId author, std::vector<MediaId> const& ids, PostId post,
                 RowId scheduled) {
  if (ids.size() > most) refuse(invalid, fmt::format("Validation failed: Cannot attach more than {} files", most));
  std::unordered_set<MediaId> distinct(ids.begin(), ids.end());
  auto rows = store::media_by_id(r, ids);
  bool all_there = rows.size() == ids.size() && distinct.size() == ids.size();
  bool all_usable = std::ranges::all_of(rows, [&](store::Media const& media) {
    bool is_free = !media.post && !media.scheduled;
    bool is_ours = (post && media.post == post) || (scheduled && media.scheduled == scheduled);
    return media.account == author && (is_free || is_ours);
  });
  if (!all_there || !all_usable)
    refuse(invalid, "Validation failed: Media not found or already attached to another post");
  for (auto const& media : rows) {
    if (media.state == store::MediaState::failed)
      refuse(invalid, "Validation failed: A file could not be processed and cannot be attached");
    if (media.state == store::MediaState::processing)
      refuse(
          invalid,
          "Validation failed: Cannot attach files that have not finished processing. Try again in a moment!");
  }
}

Rendered render(db::Reader& r, Site const& site, AccountId author, Written const& written, PostId post,
                RowId scheduled) {
  Rendered out;
  if (written.title.empty()) {
    check_length(site, written.text, written.notice);
    check_media(r, site.limits.media_attachments, author, written.attached, post, scheduled);
    out.composed = compose(r, site, written.text, written.source_type);
    out.media = written.attached;
    return out;
  }
  check_length(site, "", written.notice);
  check_essay(written.text, written.summary);
  bool is_markdown = written.source_type == store::SourceType::markdown;
  out.composed = is_markdown ? compose_essay(r, site, author, written.text)
                             : compose(r, site, written.text, written.source_type);
  out.media = media_of_essay(written.cover, out.composed, written.attached);
  check_media(r, text::pictures_max, author, out.media, post, scheduled);
  return out;
}

PollDraft check_poll(Site const& site, PollDraft poll) {
  auto const& limits = site.limits;
  std::vector<std::string> options;
  std::unordered_set<std::string> distinct;
  for (auto const& option : poll.options) {
    std::string title = clean_text(option);
    std::ranges::replace(title, '\n', ' ');
    if (title.empty()) continue;
    if (text::count_characters(title) > limits.poll_option_characters)
      refuse(invalid, fmt::format("Validation failed: Options cannot be longer than {} characters each",
                                  limits.poll_option_characters));
    if (!distinct.insert(title).second) refuse(invalid, "Validation failed: Options contain duplicate items");
    options.push_back(std::move(title));
  }
  if (options.size() < 2) refuse(invalid, "Validation failed: Options must have more than one item");
  if (options.size() > limits.poll_options)
    refuse(invalid,
           fmt::format("Validation failed: Options can't contain more than {} items", limits.poll_options));
  if (poll.seconds < limits.poll_seconds_min) refuse(invalid, "Validation failed: Expires at is too soon");
  if (poll.seconds > limits.poll_seconds_max)
    refuse(invalid, "Validation failed: Expires at is too far into the future");
  poll.options = std::move(options);
  return poll;
}

std::string known_language(std::string_view language) {
  return text::is_known_language(language) ? std::string(language) : std::string{};
}

Prepared prepare(db::Reader& r, Site const& site, Draft const& draft) {
  auto author = store::find_account(r, draft.author);
  auto login = store::find_login(r, draft.author);
  if (!author || !login) refuse(Refusal::forbidden, "This action is not allowed");

  Prepared out;
  out.parent = find_referred(r, draft.author, draft.in_reply_to);
  if (out.parent) check_allowed(r, draft.author, Interaction::reply, *out.parent);
  out.quoted = find_referred(r, draft.author, draft.quote_of);

  std::string text = clean_text(draft.text);
  std::string notice = clean_text(draft.notice);
  bool has_notice = !notice.empty();
  if (text.empty()) std::swap(text, notice);  // a notice with nothing behind it is the text
  if (text.empty() && draft.media.empty() && !out.quoted)
    refuse(invalid, "Validation failed: Text can't be blank");
  if (draft.poll && !draft.media.empty())
    refuse(invalid, "Validation failed: A post cannot have both a poll and media attachments");
  if (draft.poll) out.poll = check_poll(site, *draft.poll);

  Post& post = out.post;
  post.author = draft.author;
  post.app = draft.app;
  post.is_local = true;
  post.visibility = choose_visibility(draft, *author, *login, out.quoted);
  if (out.quoted) check_quote(r, draft.author, *out.quoted, post.visibility);
  if (out.parent) {
    post.in_reply_to = out.parent->id;
    post.in_reply_to_account = out.parent->author;
  }
  if (out.quoted) {
    post.quote_of = out.quoted->id;
    post.quote_state = out.quoted->is_local ? store::QuoteState::accepted : store::QuoteState::pending;
  }
  post.quote_policy = draft.quote_policy.value_or(login->default_quote_policy);
  post.source_type = draft.source_type;
  post.sensitive = draft.sensitive.value_or(login->default_sensitive) || has_notice;
  post.language = choose_language(draft, *login);
  post.title = clean_title(draft.title);
  if (!post.title.empty()) {
    post.summary = clean_text(draft.summary);
    post.cover = draft.cover;
    post.slug = choose_slug(r, draft.author, {}, draft.slug, post.title);
  }
  auto rendered = render(r, site, draft.author,
                         {.title = post.title,
                          .summary = post.summary,
                          .cover = post.cover,
                          .text = text,
                          .notice = notice,
                          .source_type = draft.source_type,
                          .attached = draft.media},
                         {}, draft.scheduled);
  out.composed = std::move(rendered.composed);
  out.media = std::move(rendered.media);
  out.mentioned = mentioned_in(out.composed);
  if (!post.title.empty() && out.poll) refuse(invalid, "Validation failed: An article cannot have a poll");
  post.content = out.composed.html;
  post.source = std::move(text);
  post.notice = std::move(notice);
  return out;
}

}  // namespace posy::social
