// From a stranger's upload to files that are safe to publish: decoded and written anew, upright, in sRGB,
// small enough, without any metadata (places, names, cameras, embedded files).
//
// Plain blocking functions for a pool of workers; any thread. What decodes runs in confined child processes
// (picture.hpp, recording.hpp), as many at once as there are callers. Whatever is wrong with the upload is an
// Error with a sentence for the person who sent it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "media/inspect.hpp"
#include "media/limits.hpp"
#include "media/shape.hpp"

namespace posy::media {

// The files lie in the work folder under random names and belong to the caller.
struct Processed {
  Kind kind{};
  std::string mime;
  std::filesystem::path original;
  std::filesystem::path preview;  // empty for audio and avatars
  std::string preview_mime;
  PictureSize original_size;  // zero for audio
  PictureSize preview_size;
  std::string blurhash;        // empty for audio
  std::string average_colour;  // "#rrggbb", empty for audio
  std::optional<double> duration_s;
  std::optional<double> frame_rate;
  std::optional<int> bitrate;  // bits a second
};

// JPEG, PNG and WebP stay what they are; AVIF and HEIC become JPEG, or WebP if they are transparent; a GIF
// becomes PNG, or a silent MP4 (`gifv`) if it moves. Video becomes H.264 and AAC in MP4. Audio stays MP3,
// AAC, FLAC, Vorbis or Opus, or becomes MP3. Of other moving images the first picture counts.
Result<Processed> process(std::filesystem::path const& upload, std::filesystem::path const& work_dir,
                          Limits const& limits = {});

// One still picture: for avatars (400 x 400), headers (1500 x 500), emoji. Never scaled up: a small picture
// gives a smaller file of the same shape. Images only.
Result<Processed> process_avatar(std::filesystem::path const& upload, std::filesystem::path const& work_dir,
                                 int width, int height, Limits const& limits = {}, Fit fit = Fit::cover);

}  // namespace posy::media
