// Posts and boosts: a boost is a post of its own with `boost_of` and no text. Counts stand apart, in
// PostStats.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"
#include "store/page.hpp"

namespace posy::store {

enum class Visibility { everyone, unlisted, followers, direct };
enum class SourceType { plain, markdown };
enum class QuoteState { none, pending, accepted, rejected, revoked, deleted };
enum class QuotePolicy { everyone, followers, nobody };

struct Post {
  PostId id;
  AccountId author;
  Time created_at;
  std::optional<Time> edited_at;
  Visibility visibility = Visibility::everyone;
  PostId in_reply_to;
  AccountId in_reply_to_account;
  PostId thread;  // the first post of the thread; its own id when it is that
  PostId boost_of;
  PostId quote_of;
  QuoteState quote_state = QuoteState::none;
  QuotePolicy quote_policy = QuotePolicy::everyone;
  std::string title;    // of an article; plain text
  std::string summary;  // likewise
  std::string slug;     // likewise, of this server: the end of its address
  MediaId cover;        // likewise: one of its media
  std::string content;  // HTML, clean
  std::string source;   // as its author wrote it
  SourceType source_type = SourceType::plain;
  std::string notice;  // content notice ("spoiler text")
  bool sensitive = false;
  std::string language;  // ISO 639, empty when unknown
  std::optional<std::string> uri;
  std::optional<std::string> url;
  AppId app;
  PollId poll;
  bool is_local = false;
};
BOOST_DESCRIBE_STRUCT(Post, (),
                      (id, author, created_at, edited_at, visibility, in_reply_to, in_reply_to_account,
                       thread, boost_of, quote_of, quote_state, quote_policy, title, summary, slug, cover, content, source, source_type,
                       notice, sensitive, language, uri, url, app, poll, is_local))

struct PostStats {
  PostId post;
  std::int64_t replies = 0;
  std::int64_t boosts = 0;
  std::int64_t favourites = 0;
  std::int64_t quotes = 0;
};
BOOST_DESCRIBE_STRUCT(PostStats, (), (post, replies, boosts, favourites, quotes))

enum class PostCount { replies, boosts, favourites, quotes };

struct Mention {
  PostId post;
  AccountId account;
};
BOOST_DESCRIBE_STRUCT(Mention, (), (post, account))

std::optional<Post> find_post(db::Reader& r, PostId id);
std::vector<Post> posts_by_id(db::Reader& r, std::vector<PostId> const& ids);  // in no order
std::vector<PostStats> post_stats(db::Reader& r, std::vector<PostId> const& ids);
void insert_post(db::Writer& w, Post const& post);       // with its empty PostStats
void update_post_text(db::Writer& w, Post const& post);  // what an edit may change
bool insert_boost(db::Writer& w, Post const& boost);     // false when this author had boosted it already
void update_quote(db::Writer& w, PostId post, QuoteState state);
void set_quote(db::Writer& w, PostId post, PostId quoted, QuoteState state);  // it quotes another one now
void update_quote_policy(db::Writer& w, PostId post, QuotePolicy policy);
void delete_post(db::Writer& w, PostId id);  // and all that hangs on it, boosts too
void add_to_count(db::Writer& w, PostId post, PostCount count, int change);
// What add_to_count() does on PostgreSQL while another unit of work has the row: nobody waits for anybody.
void leave_count(db::Writer& w, PostId post, PostCount count, int change);
std::optional<PostId> find_boost(db::Reader& r, AccountId by, PostId of);
std::vector<Post> boosts_of(db::Reader& r, PostId post, Page const& page);
std::vector<AccountId> local_boosters(db::Reader& r, PostId post);
std::vector<PostId> quotes_of(db::Reader& r, PostId post, Page const& page);  // the accepted ones

void insert_mentions(db::Writer& w, PostId post, std::vector<AccountId> const& accounts);
void delete_mentions(db::Writer& w, PostId post);
std::vector<Mention> mentions_of(db::Reader& r, std::vector<PostId> const& posts);
bool is_mentioned(db::Reader& r, PostId post, AccountId account);

// Posts above this one, oldest first, at most `limit`; and below it, oldest first, at most `limit`.
std::vector<PostId> ancestors(db::Reader& r, Post const& post, int limit);
std::vector<PostId> descendants(db::Reader& r, Post const& post, int limit);

}  // namespace posy::store
