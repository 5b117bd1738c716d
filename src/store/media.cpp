#include "store/media.hpp"

#include <algorithm>

namespace posy::store {

std::optional<Media> find_media(db::Reader& r, MediaId id) {
  return r.find<Media>("select :row from media where id = $1", id);
}

std::vector<Media> media_by_id(db::Reader& r, std::vector<MediaId> const& ids) {
  if (ids.empty()) return {};
  return r.all<Media>("select :row from media where id in ids($1)", ids);
}

std::vector<Media> media_of(db::Reader& r, std::vector<PostId> const& posts) {
  if (posts.empty()) return {};
  return r.all<Media>("select :row from media where post in ids($1) order by post, position", posts);
}

std::vector<Media> media_of_scheduled(db::Reader& r, std::vector<RowId> const& scheduled) {
  if (scheduled.empty()) return {};
  return r.all<Media>("select :row from media where scheduled in ids($1) order by scheduled, position",
                      scheduled);
}

std::int64_t count_processing(db::Reader& r, AccountId account) {
  return r.one<std::int64_t>("select count(*) from media where account = $1 and post is null and state = $2",
                             account, MediaState::processing);
}

void insert_media(db::Writer& w, Media const& media) {
  w.insert("media", media);
}

void update_media(db::Writer& w, Media const& m) {
  w.run(R"sql(
      update media set
        post = $2, scheduled = $3, position = $4, state = $5, kind = $6, mime = $7, blob = $8, preview_blob = $9,
        description = $10, focus_x = $11, focus_y = $12, blurhash = $13, width = $14, height = $15,
        preview_width = $16, preview_height = $17, duration = $18, frame_rate = $19, bitrate = $20, error = $21,
        free_since = $22
      where id = $1
  )sql",
        m.id, m.post, m.scheduled, m.position, m.state, m.kind, m.mime, m.blob, m.preview_blob, m.description,
        m.focus_x, m.focus_y, m.blurhash, m.width, m.height, m.preview_width, m.preview_height, m.duration,
        m.frame_rate, m.bitrate, m.error, m.free_since);
}

void delete_media(db::Writer& w, MediaId id) {
  w.run("delete from media where id = $1", id);
}

bool attach_media(db::Writer& w, PostId post, std::vector<MediaId> const& ids) {
  int position = 0;
  for (auto id : ids) {
    auto changed = w.run(
        "update media set post = $2, scheduled = null, position = $3 where id = $1 and (post is null or post "
        "= $2)",
        id, post, position++);
    if (changed == 0) return false;
  }
  return true;
}

void reserve_media(db::Writer& w, RowId scheduled, std::vector<MediaId> const& ids) {
  int position = 0;
  for (auto id : ids)
    w.run("update media set scheduled = $2, position = $3 where id = $1", id, scheduled, position++);
}

void release_media(db::Writer& w, std::vector<MediaId> const& ids, Time free_since) {
  if (ids.empty()) return;
  w.run("update media set post = null, scheduled = null, free_since = $2 where id in ids($1)", ids,
        free_since);
}

void fail_unfinished_media(db::Writer& w, Time before, std::string_view error) {
  w.run(R"sql(
      update media set state = $2, error = $3
      where post is null and scheduled is null and free_since < $1 and state = $4
  )sql",
        before, MediaState::failed, error, MediaState::processing);
}

std::vector<Media> delete_free_media(db::Writer& w, Time before, int limit) {
  auto rows = w.all<Media>(R"sql(
      select :row from media
      where post is null and scheduled is null and free_since < $1
        and (select 1 from manuscript_media h where h.media = media.id limit 1) is null
      order by free_since limit $2
  )sql",
                           before, limit);
  std::vector<MediaId> ids;
  for (auto const& row : rows) ids.push_back(row.id);
  // A post may have taken one in between.
  auto gone = w.all<MediaId>(
      R"sql(
      delete from media
      where id in ids($1) and post is null and scheduled is null
        and (select 1 from manuscript_media h where h.media = media.id limit 1) is null
      returning id
  )sql",
      ids);
  std::erase_if(rows, [&](Media const& row) { return std::ranges::find(gone, row.id) == gone.end(); });
  return rows;
}

void leave_media(db::Writer& w, std::vector<MediaId> const& ids, Time free_since) {
  w.run("update media set free_since = $2 where id in ids($1) and post is null and scheduled is null", ids, free_since);
}

void let_go_of_blobs(db::Writer& w, std::vector<std::string> const& blobs) {
  for (auto const& blob : blobs)
    if (!blob.empty())
      w.run(R"sql(
          insert into loose_blob (blob, since) values ($1, $2)
          on conflict (blob) do update set since = excluded.since
      )sql",
            blob, w.now());
}

std::vector<std::string> take_loose_blobs(db::Writer& w, Time before, int limit) {
  auto blobs = w.all<std::string>("select blob from loose_blob where since < $1 order by since limit $2", before, limit);
  if (blobs.empty()) return {};
  // One that is wanted again meanwhile, and loose again, stays.
  return w.all<std::string>("delete from loose_blob where blob in texts($1) and since < $2 returning blob", blobs,
                            before);
}

std::vector<std::string> unnamed_blobs(db::Reader& r, std::vector<std::string> const& blobs) {
  if (blobs.empty()) return {};
  auto named = r.all<std::string>(R"sql(
      select blob from media where blob in texts($1)
      union select preview_blob from media where preview_blob in texts($1)
      union select avatar from account where avatar <> '' and avatar in texts($1)
      union select header from account where header <> '' and header in texts($1)
      union select blob from custom_emoji where blob in texts($1)
      union select static_blob from custom_emoji where static_blob in texts($1)
      union select image from link_preview where image <> '' and image in texts($1)
  )sql",
                                  blobs);
  std::vector<std::string> out;
  for (auto const& blob : blobs)
    if (!blob.empty() && std::ranges::find(named, blob) == named.end()) out.push_back(blob);
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace posy::store
