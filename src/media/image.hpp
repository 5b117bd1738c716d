// Still pictures by libvips: opened with the one decoder that fits, brought upright and into sRGB, stripped,
// saved. At most one picture of `original_pixels` is held decoded, besides what the decoder itself needs.
#pragma once

#include <vips/vips.h>

#include <filesystem>
#include <memory>
#include <string_view>

#include "media/draft.hpp"
#include "media/process.hpp"

namespace posy::media {

struct FreeImage {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, FreeImage>;

// Reads the header only, and refuses what would be too large to decode.
Result<Image> open_image(std::filesystem::path const& file, std::string_view mime, Limits const& limits);

// How many pictures (pages, frames) the file says it has.
int picture_count(VipsImage* image);

// The whole answer for a still picture of the format `mime`.
Result<Processed> process_image(VipsImage* source, std::string_view mime,
                                std::filesystem::path const& work_dir, Limits const& limits);

// The original only, in another shape.
Result<Processed> process_still(VipsImage* source, std::string_view mime, PictureSize box, Fit fit,
                                std::filesystem::path const& work_dir, Limits const& limits);

// Describes a video by the picture in a PNG that we made of it; gives the file of the preview.
Result<Draft> add_poster(Processed& processed, std::filesystem::path const& poster,
                         std::filesystem::path const& work_dir, Limits const& limits);

}  // namespace posy::media
