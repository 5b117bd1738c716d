// The measures of a picture.
#pragma once

namespace posy::media {

struct PictureSize {
  int width = 0;
  int height = 0;
};

enum class Fit {
  cover,   // exactly this shape, the middle of the picture
  inside,  // the whole picture, neither side longer
};

}  // namespace posy::media
