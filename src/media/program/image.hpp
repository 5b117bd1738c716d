// Still pictures by libvips: opened with the one decoder that fits, brought upright and into sRGB, stripped,
// saved. At most one picture of the original's size is held decoded, besides what the decoder itself needs.
// There is no limit of time here: who runs this ends it. A Library must be alive.
#pragma once

#include <vips/vips.h>

#include <boost/system/result.hpp>
#include <memory>

#include "media/program/job.hpp"

namespace posy::media {

struct FreeImage {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, FreeImage>;

// Reads the header only, and refuses what would be too large to decode.
boost::system::result<Image, PictureFlaw> open_image(PictureJob const& job);

// Fills the files of the job. Throws std::runtime_error when they cannot be written.
PictureAnswer make_picture(PictureJob const& job);

}  // namespace posy::media
