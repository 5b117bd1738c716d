#include "social/media.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "social/draft.hpp"
#include "social/live.hpp"
#include "text/plain.hpp"

namespace posy::social {

using store::Media;
using store::MediaState;

namespace {

constexpr auto invalid = Refusal::unprocessable;

std::optional<double> parse_coordinate(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return {};
  return std::clamp(value, -1.0, 1.0);
}

void set_focus(Media& media, std::string_view text) {
  auto comma = text.find(',');
  if (comma == text.npos) refuse(invalid, "Validation failed: Focus is invalid");
  auto x = parse_coordinate(text.substr(0, comma));
  auto y = parse_coordinate(text.substr(comma + 1));
  if (!x || !y) refuse(invalid, "Validation failed: Focus is invalid");
  media.focus_x = *x;
  media.focus_y = *y;
}

void set_description(Site const& site, Media& media, std::string_view text) {
  auto most = site.limits.media_description_characters;
  std::string description = clean_text(text);
  if (text::count_characters(description) > most)
    refuse(invalid,
           fmt::format("Validation failed: Description is too long (maximum is {} characters)", most));
  media.description = std::move(description);
}

}  // namespace

Media start_upload(db::Writer& w, Site const& site, Upload const& upload) {
  if (store::count_processing(w, upload.account) >= uploads_at_once_max)
    refuse(Refusal::too_many, "Too many uploads are being processed. Try again in a moment!");
  Media media{
      .id = w.make_id<MediaId>(),
      .account = upload.account,
      .kind = upload.kind,
      .mime = upload.mime,
      .created_at = w.now(),
      .free_since = w.now(),
  };
  if (upload.description) set_description(site, media, *upload.description);
  if (upload.focus && !upload.focus->empty()) set_focus(media, *upload.focus);
  store::insert_media(w, media);
  return media;
}

void finish_upload(db::Writer& w, MediaId id, FinishedMedia const& finished) {
  auto media = store::find_media(w, id);
  if (!media) return;
  media->state = MediaState::ready;
  media->kind = finished.kind;
  media->mime = finished.mime;
  media->blob = finished.blob;
  media->preview_blob = finished.preview_blob;
  media->blurhash = finished.blurhash;
  media->width = finished.width;
  media->height = finished.height;
  media->preview_width = finished.preview_width;
  media->preview_height = finished.preview_height;
  media->duration = finished.duration;
  media->frame_rate = finished.frame_rate;
  media->bitrate = finished.bitrate;
  media->error.clear();
  store::update_media(w, *media);
}

void fail_upload(db::Writer& w, MediaId id, std::string_view error) {
  auto media = store::find_media(w, id);
  if (!media) return;
  media->state = MediaState::failed;
  media->error = error;
  store::update_media(w, *media);
}

Media find_own_media(db::Reader& r, AccountId who, MediaId id) {
  auto media = store::find_media(r, id);
  if (!media || media->account != who) refuse(Refusal::not_found, "Record not found");
  return *media;
}

Media find_own_free_media(db::Reader& r, AccountId who, MediaId id) {
  Media media = find_own_media(r, who, id);
  if (media.post) refuse(Refusal::not_found, "Record not found");
  return media;
}

void set_preview(db::Writer& w, MediaId id, Preview const& preview) {
  auto media = store::find_media(w, id);
  if (!media) return;
  media->preview_blob = preview.blob;
  media->blurhash = preview.blurhash;
  media->preview_width = preview.width;
  media->preview_height = preview.height;
  store::update_media(w, *media);
}

bool describe_media(db::Writer& w, Site const& site, AccountId who, MediaId id,
                    std::optional<std::string> const& description, std::optional<std::string> const& focus) {
  Media const before = find_own_media(w, who, id);
  Media media = before;
  if (description) set_description(site, media, *description);
  if (focus && !focus->empty()) set_focus(media, *focus);
  if (media.description == before.description && media.focus_x == before.focus_x &&
      media.focus_y == before.focus_y)
    return false;
  store::update_media(w, media);
  if (media.post) tell(w, Live::post_changed, media.post.value);
  return true;
}

std::vector<std::string> delete_media(db::Writer& w, AccountId who, MediaId id) {
  Media media = find_own_media(w, who, id);
  if (media.post || media.scheduled)
    refuse(invalid, "Validation failed: Media attachment is currently used by a post");
  store::delete_media(w, media.id);
  return store::unnamed_blobs(w, {media.blob, media.preview_blob});
}

}  // namespace posy::social
