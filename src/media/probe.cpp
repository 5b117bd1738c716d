#include "media/probe.hpp"

#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <vector>

#include "base/log.hpp"
#include "media/subprocess.hpp"

namespace posy::media {
namespace {

constexpr int streams_max = 16;

// ffmpeg knows hundreds of decoders; these are the ones that phones, cameras and browsers need.
constexpr char decoders[] =
    "h264,hevc,vp8,vp9,libvpx,libvpx-vp9,av1,libdav1d,mpeg4,theora,mjpeg,prores,gif,png,"
    "aac,mp3,mp3float,vorbis,libvorbis,opus,libopus,flac,alac,pcm_u8,pcm_s16le,pcm_s24le,pcm_s32le,pcm_f32le,"
    "pcm_s16be,pcm_mulaw,pcm_alaw";

using Values = std::map<std::string_view, std::string_view, std::less<>>;

Values read_lines(std::string_view flat) {
  Values values;
  while (!flat.empty()) {
    auto line = flat.substr(0, flat.find('\n'));
    flat.remove_prefix(std::min(flat.size(), line.size() + 1));
    auto equals = line.find('=');
    if (equals == line.npos) continue;
    auto value = line.substr(equals + 1);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    values.emplace(line.substr(0, equals), value);
  }
  return values;
}

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end == text.data()) return {};
  if constexpr (std::is_floating_point_v<Number>) {
    if (!std::isfinite(value)) return {};
  }
  return value;
}

// "30000/1001"
double ratio(std::string_view text) {
  auto slash = text.find('/');
  if (slash == text.npos) return 0;
  auto above = number<double>(text.substr(0, slash));
  auto below = number<double>(text.substr(slash + 1));
  return above && below && *below > 0 ? *above / *below : 0;
}

}  // namespace

Recording parse_probe(std::string_view flat) {
  Values values = read_lines(flat);
  auto find = [&](std::string const& key) {
    auto found = values.find(key);
    return found == values.end() ? std::string_view() : found->second;
  };

  Recording recording;
  for (int i = 0; i < streams_max; ++i) {
    std::string stream = "streams.stream." + std::to_string(i) + ".";
    auto type = find(stream + "codec_type");
    std::string codec(find(stream + "codec_name"));
    int index = number<int>(find(stream + "index")).value_or(i);
    if (type == "audio" && !recording.audio) recording.audio = AudioTrack{index, codec};
    if (type != "video" || recording.video || find(stream + "disposition.attached_pic") == "1") continue;
    VideoTrack video{.index = index, .codec = codec};
    video.pixel_format = find(stream + "pix_fmt");
    video.width = number<int>(find(stream + "width")).value_or(0);
    video.height = number<int>(find(stream + "height")).value_or(0);
    video.frame_rate = ratio(find(stream + "avg_frame_rate"));
    if (video.frame_rate == 0) video.frame_rate = ratio(find(stream + "r_frame_rate"));
    video.frames = number<std::uint64_t>(find(stream + "nb_frames")).value_or(0);
    for (int j = 0; j < streams_max; ++j) {
      auto turn = number<int>(find(stream + "side_data_list.side_data." + std::to_string(j) + ".rotation"));
      if (turn && *turn % 180 != 0) std::swap(video.width, video.height);
    }
    recording.video = std::move(video);
  }
  recording.duration_s = number<double>(find("format.duration"));
  recording.bitrate = number<int>(find("format.bit_rate"));
  return recording;
}

std::vector<std::string> input_options(std::filesystem::path const& file, std::string_view demuxer) {
  return {"-protocol_whitelist",
          "file",
          "-format_whitelist",
          std::string(demuxer) + (demuxer == "mov" ? ",mp4" : ""),
          "-codec_whitelist",
          decoders,
          "-f",
          std::string(demuxer),
          "-i",
          "file:" + file.string()};
}

Result<Recording> probe_recording(std::filesystem::path const& file, std::string_view demuxer,
                                  Limits const& limits) {
  std::vector<std::string> command{limits.ffprobe,
                                   "-v",
                                   "error",
                                   "-hide_banner",
                                   "-of",
                                   "flat",
                                   "-show_entries",
                                   "stream=index,codec_type,codec_name,pix_fmt,width,height,avg_frame_rate,"
                                   "r_frame_rate,nb_frames:stream_disposition=attached_pic:"
                                   "stream_side_data=rotation:format=duration,bit_rate"};
  auto input = input_options(file, demuxer);
  command.insert(command.end(), input.begin(), input.end());
  auto finished = run_confined(command, {.time_max = limits.probe_time_max,
                                         .memory_bytes_max = limits.video_memory_bytes_max,
                                         .file_bytes_max = 0,
                                         .readable = {file}});
  if (!finished) return Error{Refusal::unavailable, "Video and audio need the ffmpeg program"};
  if (!finished->succeeded()) {
    log::debug("recording refused: {}", finished->errors);
    return unprocessable("The file is damaged or incomplete");
  }
  return parse_probe(finished->output);
}

}  // namespace posy::media
