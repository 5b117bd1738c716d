// Posts of people elsewhere, as their servers tell of them. The doors have checked who says so; here the same
// things happen as for posts of people here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/consent.hpp"
#include "social/emoji.hpp"
#include "social/site.hpp"
#include "store/media.hpp"
#include "store/post.hpp"
#include "store/tag.hpp"

namespace posy::social {

struct ArrivedPoll {
  std::vector<std::string> titles;
  std::vector<std::int64_t> votes;
  bool multiple = false;
  std::optional<Time> ends_at;
  std::int64_t voters = 0;
};

struct Arrival {
  AccountId author;
  std::string uri;
  std::string url;
  std::optional<Time> published;
  std::optional<Time> edited;
  store::Visibility visibility = store::Visibility::everyone;
  PostId in_reply_to;
  std::string awaited;  // id of what it answers, where that is not known here
  PostId quote_of;
  store::QuoteState quote_state = store::QuoteState::none;
  std::string quote_stamp;  // id of the QuoteAuthorization that makes it accepted, where there is one
  bool quote_is_denied = false;  // it has no permission that could be checked
  store::PostPolicy policy;      // without post
  store::QuotePolicy quote_policy = store::QuotePolicy::nobody;
  std::string title;    // plain text
  std::string summary;  // likewise, of an essay
  std::string content;  // HTML, clean
  std::string text;     // the same without its markup
  std::string notice;
  bool sensitive = false;
  std::string language;
  std::vector<AccountId> mentioned;
  bool is_for_us = false;  // it names or addresses somebody of this server
  std::vector<store::TagName> tags;
  std::vector<std::string> urls;
  std::string preview;              // the link that may be shown with a preview (social/link_preview.hpp)
  std::vector<ArrivedEmoji> emojis;
  std::vector<store::Media> media;  // without id, account and post
  std::vector<std::string> pictures;  // of an article: where those of its text lie, each one of `media`
  Site const* site = nullptr;         // needed where there are such
  std::optional<ArrivedPoll> poll;
  std::string replies;  // ids of collections: of what answers it,
  std::string context;  // and of its whole thread
  bool is_news = true;  // it was sent to us; false: it was looked up
};

// The post, new or as it was known already. Refused with gone when its author has deleted it.
store::Post receive_post(db::Writer& w, Arrival const& arrival);
// Of a post that is known; nothing happens when the author is another one, or when it is older than what is known.
void receive_edit(db::Writer& w, Arrival const& arrival);

}  // namespace posy::social
