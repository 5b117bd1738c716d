// Status and what stands in it. (docs.joinmastodon.org/entities/Status, MediaAttachment, Poll, Quote)
//
// A Status is the sum of two structs: StatusText is the same for everybody and kept in memory as JSON,
// StatusView is made for each viewer.
#pragma once

#include <boost/describe.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/entities/account.hpp"
#include "base/time.hpp"
#include "json/omittable.hpp"

namespace posy::api::entities {

struct Picture {
  int width = 0;
  int height = 0;
  std::string size;  // "640x480"
  double aspect = 0;
  json::Omittable<std::string> frame_rate;  // "30/1"
  json::Omittable<double> duration;         // seconds
  json::Omittable<int> bitrate;
};
BOOST_DESCRIBE_STRUCT(Picture, (), (width, height, size, aspect, frame_rate, duration, bitrate))

struct Focus {
  double x = 0;
  double y = 0;
};
BOOST_DESCRIBE_STRUCT(Focus, (), (x, y))

struct MediaMeta {
  json::Omittable<Picture> original;
  json::Omittable<Picture> small;
  json::Omittable<Focus> focus;
};
BOOST_DESCRIBE_STRUCT(MediaMeta, (), (original, small, focus))

struct MediaAttachment {
  std::string id;
  std::string type;
  std::optional<std::string> url;  // null while it is processed
  std::optional<std::string> preview_url;
  std::optional<std::string> remote_url;
  std::optional<MediaMeta> meta;
  std::optional<std::string> description;
  std::optional<std::string> blurhash;
};
BOOST_DESCRIBE_STRUCT(MediaAttachment, (),
                      (id, type, url, preview_url, remote_url, meta, description, blurhash))

struct PollOption {
  std::string title;
  std::optional<std::int64_t> votes_count;  // null while totals are hidden
};
BOOST_DESCRIBE_STRUCT(PollOption, (), (title, votes_count))

struct Poll {
  std::string id;
  std::optional<Time> expires_at;
  bool expired = false;
  bool multiple = false;
  std::int64_t votes_count = 0;
  std::optional<std::int64_t> voters_count;
  std::vector<PollOption> options;
  std::vector<CustomEmoji> emojis;
  json::Omittable<bool> voted;
  json::Omittable<std::vector<int>> own_votes;
};
BOOST_DESCRIBE_STRUCT(Poll, (),
                      (id, expires_at, expired, multiple, votes_count, voters_count, options, emojis, voted,
                       own_votes))

struct StatusMention {
  std::string id;
  std::string username;
  std::string url;
  std::string acct;
};
BOOST_DESCRIBE_STRUCT(StatusMention, (), (id, username, url, acct))

struct StatusTag {
  std::string name;
  std::string url;
};
BOOST_DESCRIBE_STRUCT(StatusTag, (), (name, url))

struct StatusApplication {
  std::string name;
  std::optional<std::string> website;
};
BOOST_DESCRIBE_STRUCT(StatusApplication, (), (name, website))

struct QuoteApproval {
  std::vector<std::string> automatic;
  std::vector<std::string> manual;
  std::string current_user;  // automatic, manual, denied, unknown
};
BOOST_DESCRIBE_STRUCT(QuoteApproval, (), (automatic, manual, current_user))

struct Quote {
  std::string state;
  json::Omittable<std::optional<json::Raw>> quoted_status;
  json::Omittable<std::string> quoted_status_id;  // instead of it, where quotes would nest too deep
};
BOOST_DESCRIBE_STRUCT(Quote, (), (state, quoted_status, quoted_status_id))

struct PreviewAuthor {
  std::string name;
  std::string url;
  std::shared_ptr<std::string const> account;  // Account as JSON, or null
};
BOOST_DESCRIBE_STRUCT(PreviewAuthor, (), (name, url, account))

// (docs.joinmastodon.org/entities/PreviewCard)
struct PreviewCard {
  std::string url;
  std::string title;
  std::string description;
  std::optional<std::string> language;
  std::string type = "link";
  std::string author_name;
  std::string author_url;
  std::string provider_name;
  std::string provider_url;
  std::string html;
  int width = 0;
  int height = 0;
  std::optional<std::string> image;
  std::string image_description;
  std::string embed_url;
  std::optional<std::string> blurhash;
  std::optional<Time> published_at;
  std::vector<PreviewAuthor> authors;
};
BOOST_DESCRIBE_STRUCT(PreviewCard, (),
                      (url, title, description, language, type, author_name, author_url, provider_name, provider_url,
                       html, width, height, image, image_description, embed_url, blurhash, published_at, authors))

// Posy's own: what an essay, a post with a title, has besides. (docs/posy-api.md)
struct Essay {
  std::string summary;
  json::Omittable<std::string> slug;      // of this server's: the end of its address
  json::Omittable<std::string> cover_id;  // among its media_attachments
  std::string content_type;
  std::int64_t words = 0;
};
BOOST_DESCRIBE_STRUCT(Essay, (), (summary, slug, cover_id, content_type, words))

struct StatusText {
  std::string id;
  Time created_at;
  std::optional<std::string> in_reply_to_id;
  std::optional<std::string> in_reply_to_account_id;
  bool sensitive = false;
  std::string spoiler_text;
  std::string visibility;
  std::optional<std::string> language;
  std::string uri;
  std::string url;
  std::optional<Time> edited_at;
  std::optional<std::string> title;   // Posy: of an essay, also at the head of `content`
  json::Omittable<Essay> essay;
  std::string content;                // HTML; of an essay that has a page here a card: title, summary, link
  std::optional<StatusApplication> application;
  std::vector<MediaAttachment> media_attachments;
  std::vector<StatusMention> mentions;
  std::vector<StatusTag> tags;
  std::vector<CustomEmoji> emojis;
};
BOOST_DESCRIBE_STRUCT(StatusText, (),
                      (id, created_at, in_reply_to_id, in_reply_to_account_id, sensitive, spoiler_text, visibility,
                       language, uri, url, edited_at, title, essay, content, application, media_attachments, mentions, tags,
                       emojis))

struct StatusView {
  std::int64_t replies_count = 0;
  std::int64_t reblogs_count = 0;
  std::int64_t favourites_count = 0;
  std::int64_t quotes_count = 0;
  std::shared_ptr<std::string const> account;  // Account as JSON
  std::optional<PreviewCard> card;
  std::optional<json::Raw> reblog;
  std::optional<json::Raw> poll;
  std::optional<Quote> quote;
  QuoteApproval quote_approval;
  json::Omittable<bool> favourited;
  json::Omittable<bool> reblogged;
  json::Omittable<bool> muted;
  json::Omittable<bool> bookmarked;
  json::Omittable<bool> pinned;  // on one's own posts
  json::Omittable<json::Raw> filtered;
  json::Omittable<std::string> text;  // the source, when a post is deleted to be written again
  json::Omittable<std::string> essay_content;  // Posy: the whole text as HTML, where one status is asked for alone
};
BOOST_DESCRIBE_STRUCT(StatusView, (),
                      (replies_count, reblogs_count, favourites_count, quotes_count, account, card, reblog, poll,
                       quote, quote_approval, favourited, reblogged, muted, bookmarked, pinned, filtered, text, essay_content))

struct Status : StatusText, StatusView {};
BOOST_DESCRIBE_STRUCT(Status, (StatusText, StatusView), ())

}  // namespace posy::api::entities
