// Previews of the pages that posts link to, one row a page however many posts lead there, and which post shows
// which. The rows are a queue as well: those with `run_at` are to be fetched then.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

enum class PreviewState { unknown, found, nothing };

struct LinkPreview {
  RowId id;
  std::string link_key;
  std::string link;
  PreviewState state = PreviewState::unknown;
  Time asked_at;
  std::optional<Time> run_at;
  int attempts = 0;  // since it was asked for; counted when it is taken
  std::optional<Time> fetched_at;
  Time look_at;
  std::string url;
  std::string title;
  std::string description;
  std::string language;
  std::string author_name;
  std::string provider_name;
  std::optional<Time> published_at;
  AccountId creator;  // whose profile says that this site may name her as author
  std::string image;  // key in the blob store
  int image_width = 0;
  int image_height = 0;
  std::string image_description;
  std::string blurhash;
};
BOOST_DESCRIBE_STRUCT(LinkPreview, (),
                      (id, link_key, link, state, asked_at, run_at, attempts, fetched_at, look_at, url, title,
                       description, language, author_name, provider_name, published_at, creator, image, image_width,
                       image_height, image_description, blurhash))

std::optional<LinkPreview> find_preview(db::Reader& r, RowId id);
std::optional<LinkPreview> find_preview(db::Reader& r, std::string_view link_key);
bool insert_preview(db::Writer& w, LinkPreview const& preview);  // false: the link has one
// To be fetched then, counting attempts anew; what is known of it stays until that is done.
void ask_again(db::Writer& w, RowId id, Time run_at);
void hasten_preview(db::Writer& w, RowId id, Time run_at);  // if it waits for longer
// What was fetched; nothing waits any more.
void update_preview(db::Writer& w, LinkPreview const& preview);

std::vector<LinkPreview> take_previews(db::Writer& w, int limit, Milliseconds lease);
void release_previews(db::Writer& w, Milliseconds lease);
// After the clock was set back: what was to wait until a time waits so much less.
void bring_previews_forward(db::Writer& w, Milliseconds by);
std::optional<Time> next_preview(db::Reader& r);
void put_previews_back(db::Writer& w, std::vector<RowId> const& ids, Time run_at);
void uncount_attempts(db::Writer& w, std::vector<RowId> const& ids);  // they were taken, but not tried

void show_preview(db::Writer& w, PostId post, RowId preview);  // instead of any other
void hide_preview(db::Writer& w, PostId post);
std::vector<PostId> posts_with(db::Reader& r, RowId preview, int limit);  // newest first

struct ShownPreview {
  PostId post;
  LinkPreview preview;
};
std::vector<ShownPreview> previews_of(db::Reader& r, std::vector<PostId> const& posts);  // found ones only

// Looks at up to `limit` whose time has come: those that no post shows are deleted and returned, the others have
// time until `next`.
std::vector<LinkPreview> delete_unused_previews(db::Writer& w, Time next, int limit);

}  // namespace posy::store
