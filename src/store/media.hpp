// Uploaded files and what is known of them. The bytes are in the blob store (media/blob_store.hpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

enum class MediaState { processing, ready, failed };
enum class MediaKind { unknown, image, gifv, video, audio };

struct Media {
  MediaId id;
  AccountId account;
  PostId post;      // none until it is attached
  RowId scheduled;  // the scheduled post that waits for it
  int position = 0;
  MediaState state = MediaState::processing;
  MediaKind kind = MediaKind::unknown;
  std::string mime;
  std::string blob;          // key of the file
  std::string preview_blob;  // key of the small picture
  std::string description;
  double focus_x = 0;
  double focus_y = 0;
  std::string blurhash;
  int width = 0;
  int height = 0;
  int preview_width = 0;
  int preview_height = 0;
  double duration = 0;  // seconds
  double frame_rate = 0;
  int bitrate = 0;  // bits a second
  std::string error;
  Time created_at;
  Time free_since;  // since when no post has it; meaningless while one does
  std::string remote_url;  // of a file that lies with another server; `blob` is empty then
  std::string remote_preview_url;
};
BOOST_DESCRIBE_STRUCT(Media, (),
                      (id, account, post, scheduled, position, state, kind, mime, blob, preview_blob,
                       description, focus_x, focus_y, blurhash, width, height, preview_width, preview_height,
                       duration, frame_rate, bitrate, error, created_at, free_since, remote_url,
                       remote_preview_url))

std::optional<Media> find_media(db::Reader& r, MediaId id);
std::vector<Media> media_by_id(db::Reader& r, std::vector<MediaId> const& ids);  // in no order
std::vector<Media> media_of(db::Reader& r, std::vector<PostId> const& posts);    // by post and position
std::vector<Media> media_of_scheduled(db::Reader& r, std::vector<RowId> const& scheduled);  // likewise
std::int64_t count_processing(db::Reader& r, AccountId account);
void insert_media(db::Writer& w, Media const& media);
void update_media(db::Writer& w, Media const& media);  // all but id, account and created_at
void delete_media(db::Writer& w, MediaId id);

// In this order; a scheduled post lets go of them. False when another post was quicker to take one.
[[nodiscard]] bool attach_media(db::Writer& w, PostId post, std::vector<MediaId> const& ids);
void reserve_media(db::Writer& w, RowId scheduled, std::vector<MediaId> const& ids);
// They belong to no post any more, and are removed a day after `free_since`.
void release_media(db::Writer& w, std::vector<MediaId> const& ids, Time free_since);
// Those of them that no post has are free from now on: a manuscript held them until now.
void leave_media(db::Writer& w, std::vector<MediaId> const& ids, Time free_since);

// Uploads that have been in the making since before `before` will never be finished.
void fail_unfinished_media(db::Writer& w, Time before, std::string_view error);
// Deletes at most `limit` that have been free since before `before`; those rows.
std::vector<Media> delete_free_media(db::Writer& w, Time before, int limit);
// Something named these and does so no more; empty ones do not count.
void let_go_of_blobs(db::Writer& w, std::vector<std::string> const& blobs);
// At most `limit` of those that were let go of before `before`: they may have been named again since.
std::vector<std::string> take_loose_blobs(db::Writer& w, Time before, int limit);
// Those of the blobs that no row names: uploads, profiles, emoji, previews.
std::vector<std::string> unnamed_blobs(db::Reader& r, std::vector<std::string> const& blobs);

}  // namespace posy::store
