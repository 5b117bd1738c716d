// Turning an uploaded file into media: on the pool of workers, from the spooled file to the blob store.
#pragma once

#include <optional>

#include "api/api.hpp"
#include "media/inspect.hpp"
#include "social/media.hpp"

namespace posy::api {

// What a job owns. The spooled files are removed with the last copy of this.
struct UploadWork {
  MediaId id;
  http::File file;
  std::optional<http::File> thumbnail;
};

// Blocks; for the pool. The row of the upload says afterwards how it went. Does not throw.
void process_upload(Api& api, UploadWork const& work) noexcept;

// A picture of the person's own instead of the preview that we made.
social::Preview make_preview(Api& api, http::File const& picture);

store::MediaKind kind_of(media::Kind kind);

// What the program takes, and how large; refuses everything else at once, before any work.
media::Format const& check_upload(social::Site const& site, http::File const& file);

}  // namespace posy::api
