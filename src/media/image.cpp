#include "media/image.hpp"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "base/assert.hpp"
#include "base/log.hpp"
#include "media/blurhash.hpp"
#include "media/webp_chunks.hpp"

namespace posy::media {
namespace {

constexpr int jpeg_quality = 88;
constexpr int webp_quality = 86;
constexpr int preview_quality = 78;
constexpr int hash_side = 32;
constexpr int scan_bytes_per_sample = 2;  // a progressive JPEG is collected as 16-bit coefficients

using Deadline = std::chrono::steady_clock::time_point;
Deadline deadline_in(Limits const& limits) {
  return std::chrono::steady_clock::now() + limits.image_time_max;
}

// The cause is for the log of who runs the server; what the sender reads is ours.
Error damaged() {
  log::debug("picture refused: {}", vips_error_buffer());
  vips_error_clear();
  return unprocessable("The image is damaged or incomplete");
}

Error too_slow() {
  vips_error_clear();
  return unprocessable("The image takes too long to process");
}

// While it lives, work that starts from `image` is broken off once the deadline has passed. A decoder that
// makes its whole picture in one go is noticed late, when it hands over: its size is limited instead.
class Watch {
 public:
  Watch(VipsImage* image, Deadline deadline) : image_(image), deadline_(deadline) {
    vips_image_set_progress(image_, TRUE);
    handler_ = g_signal_connect(image_, "eval", G_CALLBACK(&Watch::look), this);
  }
  ~Watch() {
    g_signal_handler_disconnect(image_, handler_);
    vips_image_set_progress(image_, FALSE);
  }
  Watch(Watch const&) = delete;
  Watch& operator=(Watch const&) = delete;

  bool is_late() const { return std::chrono::steady_clock::now() >= deadline_; }

 private:
  static void look(VipsImage* image, VipsProgress*, Watch* watch) {
    if (watch->is_late()) vips_image_set_kill(image, TRUE);
  }

  VipsImage* image_;
  Deadline deadline_;
  gulong handler_ = 0;
};

// All of libvips's loaders have this shape. Choosing ours by what the file is keeps libvips from guessing.
using Loader = int (*)(char const*, VipsImage**, ...);
struct Decoder {
  std::string_view mime;
  Loader load;
};
constexpr Decoder decoders[] = {
    {"image/jpeg", vips_jpegload}, {"image/png", vips_pngload},   {"image/gif", vips_gifload},
    {"image/webp", vips_webpload}, {"image/avif", vips_heifload}, {"image/heic", vips_heifload},
};

// What the decoder must hold before it can give the first row; 0 for those that work row by row.
std::uint64_t decoder_bytes(VipsImage* image, std::string_view mime, std::uint64_t pixels) {
  if (mime == "image/jpeg") {
    int in_scans = 0;
    vips_image_get_int(image, "jpeg-multiscan", &in_scans);
    return in_scans ? pixels * static_cast<std::uint64_t>(vips_image_get_bands(image)) * scan_bytes_per_sample
                    : 0;
  }
  if (mime == "image/png" && vips_image_get_typeof(image, "interlaced") == 0) return 0;
  return pixels * VIPS_IMAGE_SIZEOF_PEL(image);
}

PictureSize size_of(VipsImage* image) {
  return {vips_image_get_width(image), vips_image_get_height(image)};
}

PictureSize upright_size(VipsImage* image) {
  auto [width, height] = size_of(image);
  if (vips_image_get_orientation_swap(image)) std::swap(width, height);
  return {width, height};
}

// The same shape with at most so many pixels, and no side longer than so.
PictureSize fit_pixels(PictureSize size, int pixels, int side_max) {
  double area = static_cast<double>(size.width) * size.height;
  double scale = std::min({1.0, std::sqrt(pixels / area), static_cast<double>(side_max) / size.width,
                           static_cast<double>(side_max) / size.height});
  return {std::max(1, static_cast<int>(size.width * scale)),
          std::max(1, static_cast<int>(size.height * scale))};
}

// The box's shape, so large that the picture fills it without being scaled up.
PictureSize fit_cover(PictureSize size, PictureSize box) {
  double scale = std::min(
      {1.0, static_cast<double>(size.width) / box.width, static_cast<double>(size.height) / box.height});
  return {std::max(1, static_cast<int>(std::lround(box.width * scale))),
          std::max(1, static_cast<int>(std::lround(box.height * scale)))};
}

void remove_metadata(VipsImage* image) {
  gchar** names = vips_image_get_fields(image);
  for (gchar** name = names; *name; ++name) vips_image_remove(image, *name);
  g_strfreev(names);
}

// Takes over `made` from a libvips call that returned `failed`.
Image taken(int failed, VipsImage* made) {
  return Image(failed == 0 ? made : nullptr);
}

// Upright, sRGB in three or four bytes a pixel, scaled into the box, decoded into memory, without metadata.
Result<Image> render(VipsImage* source, PictureSize box, Fit fit, Deadline deadline) {
  Watch watch(source, deadline);
  VipsImage* out = nullptr;
  auto crop = fit == Fit::cover ? VIPS_INTERESTING_CENTRE : VIPS_INTERESTING_NONE;
  // Without a profile of its own a picture is sRGB already; a detour through Lab would only change it.
  bool has_profile = vips_image_get_typeof(source, VIPS_META_ICC_NAME) != 0;
  int failed = has_profile
                   ? vips_thumbnail_image(source, &out, box.width, "height", box.height, "size",
                                          VIPS_SIZE_DOWN, "crop", crop, "export_profile", "srgb", nullptr)
                   : vips_thumbnail_image(source, &out, box.width, "height", box.height, "size",
                                          VIPS_SIZE_DOWN, "crop", crop, nullptr);
  Image scaled = taken(failed, out);
  if (!scaled) return watch.is_late() ? too_slow() : damaged();

  failed = vips_colourspace(scaled.get(), &out, VIPS_INTERPRETATION_sRGB, nullptr);
  Image coloured = taken(failed, out);
  if (!coloured) return damaged();
  failed = vips_cast_uchar(coloured.get(), &out, nullptr);
  Image bytes = taken(failed, out);
  if (!bytes) return damaged();

  Image result(vips_image_copy_memory(bytes.get()));
  if (watch.is_late()) return too_slow();
  if (!result) return damaged();
  int bands = vips_image_get_bands(result.get());
  if (bands != 3 && bands != 4) return unprocessable("Images with these colour channels are not supported");
  remove_metadata(result.get());
  return result;
}

bool is_transparent(VipsImage* image) {
  return vips_image_get_bands(image) == 4;
}

// What is sure to be shown everywhere and loses nothing that the sender sees.
std::string_view format_to_write(std::string_view mime, VipsImage* image) {
  if (mime == "image/gif") return "image/png";
  if (mime == "image/avif" || mime == "image/heic")
    return is_transparent(image) ? "image/webp" : "image/jpeg";
  return mime;
}

// libvips's `strip` does nothing for WebP in 8.14, hence our own.
int save_webp(VipsImage* image, std::filesystem::path const& file, int quality) {
  void* bytes = nullptr;
  std::size_t size = 0;
  if (vips_webpsave_buffer(image, &bytes, &size, "Q", quality, nullptr) != 0) return -1;
  std::unique_ptr<void, void (*)(void*)> owner(bytes, g_free);
  std::string picture = only_picture_chunks({static_cast<char const*>(bytes), size});
  POSY_ASSERT(!picture.empty());
  std::ofstream out(file, std::ios::binary);
  out << picture;
  out.close();
  return out ? 0 : -1;
}

Result<Draft> save(VipsImage* image, std::string_view mime, int webp_q, std::filesystem::path const& work_dir,
                   Deadline deadline) {
  Draft draft(work_dir, find_format(mime)->extension);
  Watch watch(image, deadline);
  auto name = draft.path().c_str();
  int failed;
  if (mime == "image/jpeg") {
    failed = vips_jpegsave(image, name, "Q", jpeg_quality, "optimize_coding", TRUE, "strip", TRUE, nullptr);
  } else if (mime == "image/png") {
    failed = vips_pngsave(image, name, "compression", 6, "strip", TRUE, nullptr);
  } else {
    failed = save_webp(image, draft.path(), webp_q);
  }
  if (watch.is_late()) return too_slow();
  // The picture is sound by now, so this is a full disk or the like: not the sender's doing.
  if (failed != 0) {
    std::string cause = vips_error_buffer();
    vips_error_clear();
    throw std::runtime_error("cannot write a picture: " + cause);
  }
  return draft;
}

Result<> add_impression(Processed& processed, VipsImage* image) {
  VipsImage* out = nullptr;
  int failed =
      vips_thumbnail_image(image, &out, hash_side, "height", hash_side, "size", VIPS_SIZE_DOWN, nullptr);
  Image small = taken(failed, out);
  if (!small) return damaged();
  if (is_transparent(small.get())) {
    double white[] = {255, 255, 255};
    std::unique_ptr<VipsArrayDouble, void (*)(VipsArrayDouble*)> background(
        vips_array_double_new(white, 3), [](VipsArrayDouble* a) { vips_area_unref(VIPS_AREA(a)); });
    failed = vips_flatten(small.get(), &out, "background", background.get(), nullptr);
    small = taken(failed, out);
    if (!small) return damaged();
  }
  std::size_t size = 0;
  std::unique_ptr<void, void (*)(void*)> memory(vips_image_write_to_memory(small.get(), &size), g_free);
  if (!memory) return damaged();
  std::span<unsigned char const> rgb(static_cast<unsigned char const*>(memory.get()), size);

  auto [width, height] = size_of(small.get());
  processed.blurhash = blurhash(rgb, width, height);
  std::uint64_t sums[3] = {};
  for (std::size_t i = 0; i < rgb.size(); ++i) sums[i % 3] += rgb[i];
  std::uint64_t pixels = rgb.size() / 3;
  processed.average_colour =
      fmt::format("#{:02x}{:02x}{:02x}", sums[0] / pixels, sums[1] / pixels, sums[2] / pixels);
  return {};
}

Result<Draft> write_preview(Processed& processed, VipsImage* image, std::filesystem::path const& work_dir,
                            Limits const& limits, Deadline deadline) {
  auto box = fit_pixels(size_of(image), limits.preview_pixels, limits.side_max);
  auto small = render(image, box, Fit::inside, deadline);
  if (!small) return small.error();
  processed.preview_size = size_of(small->get());
  processed.preview_mime = "image/webp";
  return save(small->get(), processed.preview_mime, preview_quality, work_dir, deadline);
}

// What is said of a still picture; its files are not written yet.
Result<Processed> describe(VipsImage* image, std::string_view mime) {
  Processed processed{.kind = Kind::image, .mime = std::string(format_to_write(mime, image))};
  processed.original_size = size_of(image);
  if (auto added = add_impression(processed, image); !added) return added.error();
  return processed;
}

}  // namespace

Result<Image> open_image(std::filesystem::path const& file, std::string_view mime, Limits const& limits) {
  auto decoder = std::ranges::find(decoders, mime, &Decoder::mime);
  if (decoder == std::end(decoders)) return unprocessable("This type of file is not supported");
  VipsImage* out = nullptr;
  int failed = decoder->load(file.c_str(), &out, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                             VIPS_FAIL_ON_ERROR, nullptr);
  Image image = taken(failed, out);
  if (!image) return damaged();

  auto [width, height] = size_of(image.get());
  std::uint64_t pixels = static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height);
  if (pixels > limits.pixels_max) {
    return unprocessable(fmt::format("Images may have at most {} megapixels", limits.pixels_max / 1'000'000));
  }
  if (decoder_bytes(image.get(), mime, pixels) > limits.decoder_bytes_max) {
    return unprocessable("The image needs too much memory; please save it smaller or without interlacing");
  }
  return image;
}

int picture_count(VipsImage* image) {
  return vips_image_get_n_pages(image);
}

Result<Processed> process_image(VipsImage* source, std::string_view mime,
                                std::filesystem::path const& work_dir, Limits const& limits) {
  auto deadline = deadline_in(limits);
  auto box = fit_pixels(upright_size(source), limits.original_pixels, limits.side_max);
  auto image = render(source, box, Fit::inside, deadline);
  if (!image) return image.error();
  auto processed = describe(image->get(), mime);
  if (!processed) return processed;
  auto original = save(image->get(), processed->mime, webp_quality, work_dir, deadline);
  if (!original) return original.error();
  auto preview = write_preview(*processed, image->get(), work_dir, limits, deadline);
  if (!preview) return preview.error();
  processed->original = original->keep();
  processed->preview = preview->keep();
  return processed;
}

Result<Processed> process_still(VipsImage* source, std::string_view mime, PictureSize box, Fit fit,
                                std::filesystem::path const& work_dir, Limits const& limits) {
  auto deadline = deadline_in(limits);
  if (fit == Fit::cover) box = fit_cover(upright_size(source), box);
  auto image = render(source, box, fit, deadline);
  if (!image) return image.error();
  auto processed = describe(image->get(), mime);
  if (!processed) return processed;
  auto original = save(image->get(), processed->mime, webp_quality, work_dir, deadline);
  if (!original) return original.error();
  processed->original = original->keep();
  return processed;
}

Result<Draft> add_poster(Processed& processed, std::filesystem::path const& poster,
                         std::filesystem::path const& work_dir, Limits const& limits) {
  auto deadline = deadline_in(limits);
  auto source = open_image(poster, "image/png", limits);
  if (!source) return source.error();
  auto box = fit_pixels(upright_size(source->get()), limits.original_pixels, limits.side_max);
  auto image = render(source->get(), box, Fit::inside, deadline);
  if (!image) return image.error();
  if (auto added = add_impression(processed, image->get()); !added) return added.error();
  return write_preview(processed, image->get(), work_dir, limits, deadline);
}

}  // namespace posy::media
