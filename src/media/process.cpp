#include "media/process.hpp"

#include <fmt/format.h>

#include "media/picture.hpp"
#include "media/recording.hpp"

namespace posy::media {
namespace {

Result<Format const*> accept(std::filesystem::path const& upload, Limits const& limits) {
  auto format = detect_format(upload);
  if (!format) return unprocessable("This type of file is not supported");
  auto bytes_max = format->kind == Kind::image ? limits.image_bytes_max : limits.video_bytes_max;
  if (std::filesystem::file_size(upload) > bytes_max) {
    return unprocessable(fmt::format("Files of this type may have at most {} MB", bytes_max >> 20));
  }
  return format;
}

// Programs are run in another folder.
struct Paths {
  std::filesystem::path upload;
  std::filesystem::path work_dir;
};
Paths absolute(std::filesystem::path const& upload, std::filesystem::path const& work_dir) {
  return {std::filesystem::absolute(upload), std::filesystem::absolute(work_dir)};
}

}  // namespace

Result<Processed> process(std::filesystem::path const& upload, std::filesystem::path const& work_dir,
                          Limits const& limits) {
  auto format = accept(upload, limits);
  if (!format) return format.error();
  auto paths = absolute(upload, work_dir);
  if ((*format)->kind != Kind::image)
    return process_recording(paths.upload, **format, paths.work_dir, limits);

  auto image = process_image(paths.upload, (*format)->mime, paths.work_dir, limits);
  if (!image) return image.error();
  if (*image) return std::move(**image);
  return process_recording(paths.upload, **format, paths.work_dir, limits);
}

Result<Processed> process_avatar(std::filesystem::path const& upload, std::filesystem::path const& work_dir,
                                 int width, int height, Limits const& limits, Fit fit) {
  auto format = accept(upload, limits);
  if (!format) return format.error();
  if ((*format)->kind != Kind::image) return unprocessable("Only an image can be used here");
  auto paths = absolute(upload, work_dir);
  return process_still(paths.upload, (*format)->mime, {width, height}, fit, paths.work_dir, limits);
}

}  // namespace posy::media
