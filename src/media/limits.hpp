// The limits of one upload, and the names of the two programs that help with it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace posy::media {

struct Limits {
  std::uint64_t image_bytes_max = 16 << 20;
  std::uint64_t video_bytes_max = 99 << 20;     // video and audio, as they come and as they leave
  std::uint64_t pixels_max = 7680 * 4320;       // of an image, before anything of it is decoded
  std::uint64_t decoder_bytes_max = 160 << 20;  // of formats that cannot be decoded row by row
  int original_pixels = 3840 * 2160;            // larger images are scaled down to this
  int side_max = 8192;                          // and no side is longer
  int preview_pixels = 640 * 360;
  std::uint64_t video_pixels_max = 3840 * 2160;
  int video_pixels = 1920 * 1080;  // of what is converted; what only needs copying stays as it is
  std::uint64_t frames_max = 36'000;
  double frame_rate_max = 120;
  std::chrono::milliseconds image_time_max{30'000};
  std::chrono::milliseconds probe_time_max{20'000};
  std::chrono::milliseconds video_time_max{600'000};
  std::uint64_t image_memory_bytes_max = 1024 << 20;  // address space of one posy-media
  std::uint64_t video_memory_bytes_max = 1536 << 20;  // address space of one ffmpeg
  std::string ffmpeg = "ffmpeg";                      // name or absolute path
  std::string ffprobe = "ffprobe";
};

}  // namespace posy::media
