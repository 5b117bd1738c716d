// A post before it is one: what its author asks for, and the rules that it must meet.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "social/site.hpp"
#include "store/account.hpp"
#include "store/login.hpp"
#include "store/media.hpp"
#include "store/post.hpp"
#include "store/reach.hpp"
#include "text/compose.hpp"

namespace posy::social {

struct PollDraft {
  std::vector<std::string> options;
  int seconds = 0;
  bool multiple = false;
  bool hide_totals = false;
};

struct Draft {
  AccountId author;
  AppId app;
  std::string title;  // makes it an essay
  std::string summary;  // these three: of an essay
  std::string slug;     // empty: made of the title
  MediaId cover;
  std::string text;
  store::SourceType source_type = store::SourceType::plain;
  std::string notice;
  std::optional<bool> sensitive;  // these six: else as the author prefers
  std::string language;
  std::optional<store::Visibility> visibility;
  std::optional<store::QuotePolicy> quote_policy;
  std::optional<store::Reach> reach;
  PostId in_reply_to;
  PostId quote_of;
  std::vector<MediaId> media;
  std::optional<PollDraft> poll;
  std::string idempotency_key;  // empty: none
  RowId scheduled;              // the scheduled post that this was, whose media it may take
};

// A draft that may be published: every rule has been asked.
struct Prepared {
  store::Post post;  // without id, thread and poll
  text::Composed composed;
  std::vector<AccountId> mentioned;
  std::vector<MediaId> media;         // all that it takes
  std::optional<store::Post> parent;  // what it replies to
  std::optional<store::Post> quoted;
  std::optional<PollDraft> poll;
};

// Refuses with the sentences that Mastodon's clients know.
Prepared prepare(db::Reader& r, Site const& site, Draft const& draft);

// The post that is answered or quoted, which she must see; a boost stands for what it boosts. Nothing without an id.
std::optional<store::Post> find_referred(db::Reader& r, AccountId author, PostId id);
// What is asked for, else what its author prefers; never wider than what stands in it.
store::Visibility choose_visibility(Draft const& draft, store::Account const& author, store::Login const& login,
                                    std::optional<store::Post> const& quoted);

// The same rules one by one, for edits. Text and notice as they are kept:
std::string clean_text(std::string_view text);
std::string clean_title(std::string_view title);
void check_length(Site const& site, std::string_view text, std::string_view notice);
// Media that `author` may attach: hers, finished, and not in use but by this post or scheduled post; at most `most`.
void check_media(db::Reader& r, std::size_t most, AccountId author, std::vector<MediaId> const& ids, PostId post,
                 RowId scheduled);

// An essay is Markdown with more in it; everything else is as before. Text and notice, title and summary are clean.
struct Written {
  std::string title;
  std::string summary;
  MediaId cover;
  std::string text;
  std::string notice;
  store::SourceType source_type = store::SourceType::plain;
  std::vector<MediaId> attached;
};
struct Rendered {
  text::Composed composed;
  std::vector<MediaId> media;
};
// Checks the length, renders, and checks the files for `post`, `scheduled` or nobody yet.
Rendered render(db::Reader& r, Site const& site, AccountId author, Written const& written, PostId post,
                RowId scheduled);
PollDraft check_poll(Site const& site, PollDraft poll);
// A language that we know, or empty.
std::string known_language(std::string_view language);

}  // namespace posy::social
