// Video, audio and moving GIFs, by the confined programs ffprobe and ffmpeg.
#pragma once

#include "media/process.hpp"

namespace posy::media {

// The whole answer for a file of that format. Both paths are absolute.
Result<Processed> process_recording(std::filesystem::path const& upload, Format const& format,
                                    std::filesystem::path const& work_dir, Limits const& limits);

}  // namespace posy::media
