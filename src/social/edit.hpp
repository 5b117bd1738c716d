// Editing a post. What it was before is kept and can be read by whoever sees the post.
#pragma once

#include "social/draft.hpp"
#include "store/edit.hpp"

namespace posy::social {

struct MediaChange {
  MediaId id;
  std::optional<std::string> description;
  std::optional<std::string> focus;  // "x,y"
};

// What the post shall be: what is left out is gone, as in Mastodon, except for language and quote policy.
struct Edit {
  // Of an essay: left out, they stay as they are, as programs that know nothing of essays leave them out. An empty
  // title makes a note of it.
  std::optional<std::string> title;
  std::optional<std::string> summary;
  std::optional<std::string> slug;  // empty: made anew of the title
  std::optional<MediaId> cover;     // none: it has none
  std::string text;
  std::optional<store::SourceType> source_type;
  std::string notice;
  bool sensitive = false;
  std::string language;
  std::vector<MediaId> media;
  std::vector<MediaChange> media_changes;
  std::optional<PollDraft> poll;  // other options or another kind of poll: the votes are forgotten
  std::optional<store::QuotePolicy> quote_policy;
};

// Her own post; anybody else's is not found. Changing nothing is no edit.
store::Post edit_post(db::Writer& w, Site const& site, AccountId who, PostId id, Edit const& edit);

}  // namespace posy::social
