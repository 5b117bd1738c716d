// BlurHash: a picture's impression in some 28 characters, shown while the picture loads.
// The algorithm: https://github.com/woltapp/blurhash/blob/master/Algorithm.md
#pragma once

#include <span>
#include <string>

namespace posy::media {

// `rgb` holds width * height pixels of three bytes in sRGB. 1 to 9 components each way. The cost is
// width * height * x * y, so give it a picture of at most 32 pixels a side.
std::string blurhash(std::span<unsigned char const> rgb, int width, int height, int x = 4, int y = 3);

}  // namespace posy::media
