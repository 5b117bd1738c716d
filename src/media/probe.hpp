// What is inside a recording: asked of ffprobe, confined.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "media/limits.hpp"

namespace posy::media {

struct VideoTrack {
  int index = 0;
  std::string codec;
  std::string pixel_format;
  int width = 0;  // as shown: a turned picture has its sides exchanged
  int height = 0;
  double frame_rate = 0;     // 0 when unknown
  std::uint64_t frames = 0;  // 0 when unknown
};

struct AudioTrack {
  int index = 0;
  std::string codec;
};

struct Recording {
  std::optional<VideoTrack> video;  // the first of each kind; cover pictures do not count
  std::optional<AudioTrack> audio;
  std::optional<double> duration_s;
  std::optional<int> bitrate;
};

// `demuxer` is ffmpeg's name of the container: it is never guessed, so a playlist or script in disguise does
// not get to the code that would follow its references.
Result<Recording> probe_recording(std::filesystem::path const& file, std::string_view demuxer,
                                  Limits const& limits);

// Reads ffprobe's `flat` output: lines such as streams.stream.0.codec_name="h264".
Recording parse_probe(std::string_view flat);

// The options that stand before every input, for ffprobe and ffmpeg alike.
std::vector<std::string> input_options(std::filesystem::path const& file, std::string_view demuxer);

}  // namespace posy::media
