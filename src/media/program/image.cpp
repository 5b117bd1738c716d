#include "media/program/image.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <span>
#include <stdexcept>

#include "base/assert.hpp"
#include "media/program/blurhash.hpp"
#include "media/program/webp_chunks.hpp"

namespace posy::media {
namespace {

constexpr int jpeg_quality = 88;
constexpr int webp_quality = 86;
constexpr int preview_quality = 78;
constexpr int hash_side = 32;
constexpr int scan_bytes_per_sample = 2;  // a progressive JPEG is collected as 16-bit coefficients

template <class T>
using Made = boost::system::result<T, PictureFlaw>;

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

// The size times `scale`, which is at most 1. A hair more, so that rounding costs no pixel.
PictureSize scaled(PictureSize size, double scale) {
  return {std::max(1, static_cast<int>(size.width * scale + 1e-6)),
          std::max(1, static_cast<int>(size.height * scale + 1e-6))};
}

double scale_into(PictureSize size, PictureSize box) {
  return std::min(static_cast<double>(box.width) / size.width, static_cast<double>(box.height) / size.height);
}

// The same shape with at most so many pixels, inside the box.
PictureSize fit_inside(PictureSize size, PictureSize box, int pixels) {
  double area = static_cast<double>(size.width) * size.height;
  return scaled(size, std::min({1.0, std::sqrt(pixels / area), scale_into(size, box)}));
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
Made<Image> render(VipsImage* source, PictureSize box, Fit fit) {
  VipsImage* out = nullptr;
  auto crop = fit == Fit::cover ? VIPS_INTERESTING_CENTRE : VIPS_INTERESTING_NONE;
  // Without a profile of its own a picture is sRGB already; a detour through Lab would only change it.
  bool has_profile = vips_image_get_typeof(source, VIPS_META_ICC_NAME) != 0;
  int failed = has_profile
                   ? vips_thumbnail_image(source, &out, box.width, "height", box.height, "size",
                                          VIPS_SIZE_DOWN, "crop", crop, "export_profile", "srgb", nullptr)
                   : vips_thumbnail_image(source, &out, box.width, "height", box.height, "size",
                                          VIPS_SIZE_DOWN, "crop", crop, nullptr);
  Image fitted = taken(failed, out);
  if (!fitted) return PictureFlaw::damaged;
  failed = vips_colourspace(fitted.get(), &out, VIPS_INTERPRETATION_sRGB, nullptr);
  Image coloured = taken(failed, out);
  if (!coloured) return PictureFlaw::damaged;
  failed = vips_cast_uchar(coloured.get(), &out, nullptr);
  Image bytes = taken(failed, out);
  if (!bytes) return PictureFlaw::damaged;

  Image result(vips_image_copy_memory(bytes.get()));
  if (!result) return PictureFlaw::damaged;
  int bands = vips_image_get_bands(result.get());
  if (bands != 3 && bands != 4) return PictureFlaw::unknown_channels;
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

void save(VipsImage* image, std::string_view mime, int webp_q, std::filesystem::path const& file) {
  int failed;
  if (mime == "image/jpeg") {
    failed = vips_jpegsave(image, file.c_str(), "Q", jpeg_quality, "optimize_coding", TRUE, "strip", TRUE,
                           nullptr);
  } else if (mime == "image/png") {
    failed = vips_pngsave(image, file.c_str(), "compression", 6, "strip", TRUE, nullptr);
  } else {
    failed = save_webp(image, file, webp_q);
  }
  // The picture is sound by now, so this is a full disk or the like: not the sender's doing.
  if (failed != 0) throw std::runtime_error(fmt::format("cannot write a picture: {}", vips_error_buffer()));
}

// Looks at `image`, and gives what is said of it; its files are not written yet.
Made<Picture> describe(VipsImage* image, std::string_view mime) {
  VipsImage* out = nullptr;
  int failed =
      vips_thumbnail_image(image, &out, hash_side, "height", hash_side, "size", VIPS_SIZE_DOWN, nullptr);
  Image small = taken(failed, out);
  if (!small) return PictureFlaw::damaged;
  if (is_transparent(small.get())) {
    double white[] = {255, 255, 255};
    std::unique_ptr<VipsArrayDouble, void (*)(VipsArrayDouble*)> background(
        vips_array_double_new(white, 3), [](VipsArrayDouble* a) { vips_area_unref(VIPS_AREA(a)); });
    failed = vips_flatten(small.get(), &out, "background", background.get(), nullptr);
    small = taken(failed, out);
    if (!small) return PictureFlaw::damaged;
  }
  std::size_t size = 0;
  std::unique_ptr<void, void (*)(void*)> memory(vips_image_write_to_memory(small.get(), &size), g_free);
  if (!memory) return PictureFlaw::damaged;
  std::span<unsigned char const> rgb(static_cast<unsigned char const*>(memory.get()), size);

  Picture picture{.mime = std::string(format_to_write(mime, image)), .original_size = size_of(image)};
  auto [width, height] = size_of(small.get());
  picture.blurhash = blurhash(rgb, width, height);
  std::uint64_t sums[3] = {};
  for (std::size_t i = 0; i < rgb.size(); ++i) sums[i % 3] += rgb[i];
  std::uint64_t pixels = rgb.size() / 3;
  picture.average_colour =
      fmt::format("#{:02x}{:02x}{:02x}", sums[0] / pixels, sums[1] / pixels, sums[2] / pixels);
  return picture;
}

}  // namespace

boost::system::result<Image, PictureFlaw> open_image(PictureJob const& job) {
  auto decoder = std::ranges::find(decoders, job.mime, &Decoder::mime);
  if (decoder == std::end(decoders)) throw std::runtime_error("no decoder for " + job.mime);
  VipsImage* out = nullptr;
  int failed = decoder->load(job.upload.c_str(), &out, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                             VIPS_FAIL_ON_ERROR, nullptr);
  Image image = taken(failed, out);
  if (!image) return PictureFlaw::damaged;

  auto [width, height] = size_of(image.get());
  std::uint64_t pixels = static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height);
  if (pixels > job.pixels_max) return PictureFlaw::too_many_pixels;
  if (decoder_bytes(image.get(), job.mime, pixels) > job.decoder_bytes_max) {
    return PictureFlaw::too_large_to_decode;
  }
  return image;
}

PictureAnswer make_picture(PictureJob const& job) {
  auto source = open_image(job);
  if (!source) return source.error();
  if (job.only_still && job.mime == "image/gif" && vips_image_get_n_pages(source->get()) > 1) return Moving{};

  auto size = upright_size(source->get());
  auto box = job.fit == Fit::cover ? fit_cover(size, job.box) : fit_inside(size, job.box, job.pixels);
  auto image = render(source->get(), box, job.fit);
  if (!image) return image.error();
  auto picture = describe(image->get(), job.mime);
  if (!picture) return picture.error();
  if (!job.original.empty()) save(image->get(), picture->mime, webp_quality, job.original);
  if (!job.preview.empty()) {
    auto preview_box = fit_inside(size_of(image->get()), job.box, job.preview_pixels);
    auto preview = render(image->get(), preview_box, Fit::inside);
    if (!preview) return preview.error();
    picture->preview_size = size_of(preview->get());
    save(preview->get(), "image/webp", preview_quality, job.preview);
  }
  return *picture;
}

}  // namespace posy::media
