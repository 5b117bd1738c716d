#include "api/mastodon/media_work.hpp"

#include <filesystem>

#include "base/log.hpp"
#include "media/process.hpp"

namespace posy::api {
namespace {

// As wide as the previews that media::process makes.
constexpr int thumbnail_width = 640, thumbnail_height = 360;

// What processing left in the work folder and nobody moved into the blob store.
struct Leftovers {
  media::Processed const& processed;
  ~Leftovers() {
    // Nothing to do about a file that cannot be removed: the work folder is emptied at the start.
    std::error_code ignored;
    std::filesystem::remove(processed.original, ignored);
    if (!processed.preview.empty()) std::filesystem::remove(processed.preview, ignored);
  }
};

media::Limits limits_of(social::Site const& site) {
  media::Limits limits;
  limits.image_bytes_max = site.limits.image_bytes;
  limits.video_bytes_max = site.limits.video_bytes;
  return limits;
}

Result<social::FinishedMedia> finish(Api& api, UploadWork const& work) {
  auto made = media::process(work.file.path, api.work_dir, limits_of(api.site));
  if (!made) return made.error();
  media::Processed const& processed = *made;
  Leftovers leftovers{processed};

  social::FinishedMedia out;
  out.kind = kind_of(processed.kind);
  out.mime = processed.mime;
  out.blob = api.blobs.put(processed.original, processed.mime);
  out.width = processed.original_size.width;
  out.height = processed.original_size.height;
  out.blurhash = processed.blurhash;
  out.duration = processed.duration_s.value_or(0);
  out.frame_rate = processed.frame_rate.value_or(0);
  out.bitrate = processed.bitrate.value_or(0);
  if (work.thumbnail) {
    auto preview = make_preview(api, *work.thumbnail);
    out.preview_blob = preview.blob;
    out.preview_width = preview.width;
    out.preview_height = preview.height;
    if (!preview.blurhash.empty()) out.blurhash = preview.blurhash;
  } else if (!processed.preview.empty()) {
    out.preview_blob = api.blobs.put(processed.preview, processed.preview_mime);
    out.preview_width = processed.preview_size.width;
    out.preview_height = processed.preview_size.height;
  }
  return out;
}

}  // namespace

store::MediaKind kind_of(media::Kind kind) {
  switch (kind) {
    case media::Kind::image:
      return store::MediaKind::image;
    case media::Kind::gifv:
      return store::MediaKind::gifv;
    case media::Kind::video:
      return store::MediaKind::video;
    case media::Kind::audio:
      return store::MediaKind::audio;
  }
  return store::MediaKind::unknown;
}

media::Format const& check_upload(social::Site const& site, http::File const& file) {
  auto const* format = media::detect_format(file.path);
  if (!format) refuse(Refusal::unprocessable, "Validation failed: File content type is not supported");
  bool is_image = format->kind == media::Kind::image;
  auto most = is_image ? site.limits.image_bytes : site.limits.video_bytes;
  if (file.bytes > most) refuse(Refusal::too_large, "The file is too large");
  return *format;
}

social::Preview make_preview(Api& api, http::File const& picture) {
  auto processed = media::process_avatar(picture.path, api.work_dir, thumbnail_width, thumbnail_height,
                                         limits_of(api.site), media::Fit::inside)
                       .value();
  Leftovers leftovers{processed};
  return {api.blobs.put(processed.original, processed.mime), processed.blurhash,
          processed.original_size.width, processed.original_size.height};
}

// Runs where nobody above could catch: what goes wrong is written to the row of the upload.
void process_upload(Api& api, UploadWork const& work) noexcept {
  try {
    std::string error = "The file could not be processed";
    try {
      auto finished = finish(api, work);
      if (finished) {
        api.db.write_now([&](db::Writer& w) { social::finish_upload(w, work.id, *finished); });
        return;
      }
      error = finished.error().message;
    } catch (Refused const& refused) {
      error = refused.error().message;
    } catch (std::exception const& failure) {
      log::error("media {}: {}", work.id.value, failure.what());
    }
    api.db.write_now([&](db::Writer& w) { social::fail_upload(w, work.id, error); });
  } catch (std::exception const& failure) {
    // The clean-up will find an upload that is never finished.
    log::error("media {}: {}", work.id.value, failure.what());
  }
}

}  // namespace posy::api
