#include "media/recording.hpp"

#include <fmt/format.h>

#include <csignal>
#include <initializer_list>
#include <vector>

#include "base/log.hpp"
#include "media/draft.hpp"
#include "media/picture.hpp"
#include "media/probe.hpp"
#include "media/subprocess.hpp"

namespace posy::media {
namespace {

using Arguments = std::vector<std::string>;
using Path = std::filesystem::path;

constexpr char threads[] = "2";
constexpr double frame_rate_made_max = 60;

Arguments operator+(Arguments left, Arguments const& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

Error damaged() {
  return unprocessable("The file is damaged or incomplete");
}

// What the output file is to be and how it comes about.
struct Plan {
  Kind kind;
  std::string_view mime;
  Arguments options;
};

// ffmpeg copies titles, places, dates and chapters unless told otherwise; covers, subtitles and data tracks
// (where cameras put positions) stay behind because only the mapped tracks go along.
Arguments only_track(int index) {
  return {"-map", fmt::format("0:{}", index)};
}
Arguments no_metadata() {
  return {"-map_metadata", "-1",       "-map_chapters", "-1",       "-fflags",
          "+bitexact",     "-flags:v", "+bitexact",     "-flags:a", "+bitexact"};
}
Arguments as_mp4() {
  return {"-movflags", "+faststart", "-f", "mp4"};
}
Arguments make_aac() {
  return {"-c:a", "aac", "-b:a", "160k", "-ac", "2"};
}

Arguments make_h264(Limits const& limits) {
  // Even sides, as H.264 with halved colour needs, and never more pixels than before.
  auto side = [&](std::string_view name) {
    return fmt::format("max(2,2*trunc({}*min(1,sqrt({}/(iw*ih)))/2))", name, limits.video_pixels);
  };
  return {"-c:v",     "libx264",
          "-preset",  "veryfast",
          "-crf",     "23",
          "-pix_fmt", "yuv420p",
          "-vf",      fmt::format("scale=w='{}':h='{}',setsar=1", side("iw"), side("ih")),
          "-fpsmax",  fmt::format("{}", frame_rate_made_max)};
}

Plan plan_video(Recording const& recording, Format const& format, Limits const& limits) {
  auto const& video = *recording.video;
  bool plain_colour = video.pixel_format == "yuv420p" || video.pixel_format == "yuvj420p";
  bool keep_video = format.demuxer == "mov" && video.codec == "h264" && plain_colour;
  Arguments options = only_track(video.index) + (keep_video ? Arguments{"-c:v", "copy"} : make_h264(limits));
  if (recording.audio) {
    bool keep_audio = format.demuxer == "mov" && recording.audio->codec == "aac";
    options =
        options + only_track(recording.audio->index) + (keep_audio ? Arguments{"-c:a", "copy"} : make_aac());
  }
  return {format.kind == Kind::image ? Kind::gifv : Kind::video, "video/mp4", options + as_mp4()};
}

Plan plan_audio(AudioTrack const& audio) {
  Arguments copy = only_track(audio.index) + Arguments{"-c:a", "copy"};
  Arguments as_mp3{"-write_id3v1", "0", "-id3v2_version", "0", "-f", "mp3"};
  if (audio.codec == "mp3") return {Kind::audio, "audio/mpeg", copy + as_mp3};
  if (audio.codec == "flac") return {Kind::audio, "audio/flac", copy + Arguments{"-f", "flac"}};
  if (audio.codec == "vorbis" || audio.codec == "opus")
    return {Kind::audio, "audio/ogg", copy + Arguments{"-f", "ogg"}};
  if (audio.codec == "aac") return {Kind::audio, "audio/mp4", copy + as_mp4()};
  Arguments make{"-c:a", "libmp3lame", "-b:a", "192k", "-ac", "2"};
  return {Kind::audio, "audio/mpeg", only_track(audio.index) + make + as_mp3};
}

// Asked of what comes in, and again of what goes out, because a file may lie about its length.
Result<> check(Recording const& recording, Limits const& limits) {
  if (!recording.video) return {};
  auto const& video = *recording.video;
  if (video.width <= 0 || video.height <= 0) return damaged();
  if (static_cast<std::uint64_t>(video.width) * static_cast<std::uint64_t>(video.height) >
      limits.video_pixels_max) {
    return unprocessable("The picture of the video is too large");
  }
  if (video.frame_rate > limits.frame_rate_max)
    return unprocessable("The video has too many pictures a second");
  double frames =
      std::max(static_cast<double>(video.frames), recording.duration_s.value_or(0) * video.frame_rate);
  if (frames > static_cast<double>(limits.frames_max)) return unprocessable("The video is too long");
  return {};
}

Result<> run_ffmpeg(Path const& input, std::string_view demuxer, Arguments const& options, Path const& output,
                    Path const& work_dir, Limits const& limits) {
  Arguments command{limits.ffmpeg, "-nostdin", "-hide_banner",    "-v", "error", "-y",
                    "-threads",    threads,    "-filter_threads", "1"};
  command = command + input_options(input, demuxer) + options +
            Arguments{"-threads", threads, "-max_muxing_queue_size", "1024", "file:" + output.string()};
  // A file that grows over its limit ends ffmpeg; `-fs` would only cut it short without a word.
  auto finished = run_confined(command, {.time_max = limits.video_time_max,
                                         .memory_bytes_max = limits.video_memory_bytes_max,
                                         .file_bytes_max = limits.video_bytes_max,
                                         .readable = {input},
                                         .writable = {work_dir}});
  if (!finished) return Error{Refusal::unavailable, "Video and audio need the ffmpeg program"};
  if (finished->timed_out || finished->signal == SIGXCPU)
    return unprocessable("The file takes too long to convert");
  if (finished->signal == SIGXFSZ) return unprocessable("The file is too large once it is converted");
  if (!finished->succeeded()) {
    log::debug("ffmpeg failed: {}", finished->errors);
    return damaged();
  }
  return {};
}

}  // namespace

Result<Processed> process_recording(Path const& upload, Format const& format, Path const& work_dir,
                                    Limits const& limits) {
  auto before = probe_recording(upload, format.demuxer, limits);
  if (!before) return before.error();
  if (!before->video && !before->audio) return damaged();
  if (auto fine = check(*before, limits); !fine) return fine.error();

  Plan plan = before->video ? plan_video(*before, format, limits) : plan_audio(*before->audio);
  Format const& made = *find_format(plan.mime);
  Draft original(work_dir, made.extension);
  auto converted =
      run_ffmpeg(upload, format.demuxer, plan.options + no_metadata(), original.path(), work_dir, limits);
  if (!converted) return converted.error();

  auto after = probe_recording(original.path(), made.demuxer, limits);
  if (!after) return after.error();
  if (auto fine = check(*after, limits); !fine) return fine.error();
  Processed processed{.kind = plan.kind, .mime = std::string(plan.mime)};
  processed.duration_s = after->duration_s;
  processed.bitrate = after->bitrate;
  if (before->video) {
    if (!after->video) return damaged();
    processed.original_size = {after->video->width, after->video->height};
    if (after->video->frame_rate > 0) processed.frame_rate = after->video->frame_rate;
    Draft poster(work_dir, ".png");
    Arguments first_picture{"-map", "0:v:0", "-frames:v", "1", "-c:v", "png", "-f", "image2", "-update", "1"};
    auto taken = run_ffmpeg(original.path(), made.demuxer, first_picture, poster.path(), work_dir, limits);
    if (!taken) return taken.error();
    if (!std::filesystem::exists(poster.path())) return damaged();  // a track without a single picture
    auto preview = add_poster(processed, poster.path(), work_dir, limits);
    if (!preview) return preview.error();
    processed.preview = preview->keep();
  }
  processed.original = original.keep();
  return processed;
}

}  // namespace posy::media
