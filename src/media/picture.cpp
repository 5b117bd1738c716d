#include "media/picture.hpp"

#include <fmt/format.h>

#include <csignal>
#include <fstream>
#include <stdexcept>

#include "base/log.hpp"
#include "media/subprocess.hpp"

namespace posy::media {
namespace {

constexpr std::uint64_t written_bytes_max = 64 << 20;  // more than any original without compression
constexpr std::size_t answer_bytes_max = 4096;         // of the answer, and of what is logged
constexpr std::string_view preview_mime = "image/webp";

#ifdef POSY_SANITIZED
// A sanitised program reserves terabytes of addresses, and reads where its own memory lies.
constexpr bool is_sanitized = true;
#else
constexpr bool is_sanitized = false;
#endif

Confinement walls(PictureJob const& job, Limits const& limits) {
  Confinement walls{.time_max = limits.image_time_max,
                    .memory_bytes_max = limits.image_memory_bytes_max,
                    .file_bytes_max = written_bytes_max,
                    .output_bytes_max = answer_bytes_max,
                    .readable = {job.upload}};
  if (!job.original.empty()) walls.writable.push_back(job.original);
  if (!job.preview.empty()) walls.writable.push_back(job.preview);
  if (is_sanitized) {
    walls.memory_bytes_max = unlimited;
    walls.readable.push_back("/proc");
  }
  return walls;
}

Error describe(PictureFlaw flaw, Limits const& limits) {
  switch (flaw) {
    case PictureFlaw::too_many_pixels:
      return unprocessable(
          fmt::format("Images may have at most {} megapixels", limits.pixels_max / 1'000'000));
    case PictureFlaw::too_large_to_decode:
      return unprocessable("The image needs too much memory; please save it smaller or without interlacing");
    case PictureFlaw::unknown_channels:
      return unprocessable("Images with these colour channels are not supported");
    case PictureFlaw::damaged:
      break;
  }
  return unprocessable("The image is damaged or incomplete");
}

Error misbehaved(std::string_view how) {
  log::warn("posy-media {}; the image is refused", how);
  return unprocessable("The image cannot be processed");
}

// How the program ended, when that was not with an answer.
Result<> check_end(Finished const& finished) {
  if (!finished.errors.empty()) log::debug("posy-media says: {}", finished.errors);
  if (finished.timed_out || finished.signal == SIGXCPU)
    return unprocessable("The image takes too long to process");
  if (finished.signal == SIGXFSZ) return unprocessable("The image is too large once it is converted");
  if (finished.signal != 0) return misbehaved(fmt::format("was ended by signal {}", finished.signal));
  if (finished.exit_code == exit_trouble) throw std::runtime_error("posy-media: " + finished.errors);
  if (finished.exit_code == exit_not_started || finished.exit_code == exit_not_loaded) {
    log::error("posy-media cannot run on this machine: {}", finished.errors);
    return Error{Refusal::unavailable, "Images cannot be processed on this server"};
  }
  if (finished.exit_code != 0) return misbehaved(fmt::format("ended with code {}", finished.exit_code));
  return {};
}

bool is_of(std::filesystem::path const& file, std::string_view mime) {
  auto format = detect_format(file);
  return format && format->mime == mime;
}

Draft new_file(std::filesystem::path const& work_dir) {
  Draft draft(work_dir, "");
  if (!std::ofstream(draft.path())) throw std::runtime_error("cannot write to the work folder of media");
  return draft;
}

PictureJob new_job(std::filesystem::path const& upload, std::string_view mime, Limits const& limits) {
  return {.upload = upload,
          .mime = std::string(mime),
          .box = {limits.side_max, limits.side_max},
          .pixels = limits.original_pixels,
          .preview_pixels = limits.preview_pixels,
          .pixels_max = limits.pixels_max,
          .decoder_bytes_max = limits.decoder_bytes_max};
}

Processed processed_as(Picture const& picture, Draft& original) {
  original.add_extension(find_format(picture.mime)->extension);
  Processed processed{.kind = Kind::image, .mime = picture.mime};
  processed.original_size = picture.original_size;
  processed.blurhash = picture.blurhash;
  processed.average_colour = picture.average_colour;
  processed.original = original.keep();
  return processed;
}

void add_preview(Processed& processed, Picture const& picture, Draft& preview) {
  preview.add_extension(find_format(preview_mime)->extension);
  processed.preview_mime = preview_mime;
  processed.preview_size = picture.preview_size;
}

}  // namespace

Result<PictureAnswer> run_picture_program(PictureJob const& job, Limits const& limits,
                                          std::string_view program) {
  auto finished = run_carried(program, write_arguments(job), walls(job, limits));
  if (!finished) return finished.error();
  if (auto fine = check_end(*finished); !fine) return fine.error();
  auto answer = read_answer(finished->output, job);
  if (!answer) return misbehaved("gave no sound answer");
  if (auto const* flaw = std::get_if<PictureFlaw>(&*answer)) return describe(*flaw, limits);
  if (auto const* picture = std::get_if<Picture>(&*answer)) {
    bool written = (job.original.empty() || is_of(job.original, picture->mime)) &&
                   (job.preview.empty() || is_of(job.preview, preview_mime));
    if (!written) return misbehaved("did not write what it said");
  }
  return *std::move(answer);
}

Result<std::optional<Processed>> process_image(std::filesystem::path const& upload, std::string_view mime,
                                               std::filesystem::path const& work_dir, Limits const& limits) {
  Draft original = new_file(work_dir), preview = new_file(work_dir);
  auto job = new_job(upload, mime, limits);
  job.original = original.path();
  job.preview = preview.path();
  job.only_still = true;
  auto answer = run_picture_program(job, limits);
  if (!answer) return answer.error();
  auto const* picture = std::get_if<Picture>(&*answer);
  if (!picture) return std::nullopt;
  Processed processed = processed_as(*picture, original);
  add_preview(processed, *picture, preview);
  processed.preview = preview.keep();
  return processed;
}

Result<Processed> process_still(std::filesystem::path const& upload, std::string_view mime, PictureSize box,
                                Fit fit, std::filesystem::path const& work_dir, Limits const& limits) {
  Draft original = new_file(work_dir);
  auto job = new_job(upload, mime, limits);
  job.original = original.path();
  job.box = box;
  job.fit = fit;
  auto answer = run_picture_program(job, limits);
  if (!answer) return answer.error();
  return processed_as(std::get<Picture>(*answer), original);
}

Result<Draft> add_poster(Processed& processed, std::filesystem::path const& poster,
                         std::filesystem::path const& work_dir, Limits const& limits) {
  Draft preview = new_file(work_dir);
  auto job = new_job(poster, "image/png", limits);
  job.preview = preview.path();
  auto answer = run_picture_program(job, limits);
  if (!answer) return answer.error();
  auto const& picture = std::get<Picture>(*answer);
  processed.blurhash = picture.blurhash;
  processed.average_colour = picture.average_colour;
  add_preview(processed, picture, preview);
  return preview;
}

}  // namespace posy::media
