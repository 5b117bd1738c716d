// The container of WebP (RFC 9649, section 2.7): libvips 8.14 writes an EXIF chunk into every file, whatever
// it is told, so we take out what is not picture.
#pragma once

#include <string>
#include <string_view>

namespace posy::media {

// Only the chunks VP8, VP8L, VP8X and ALPH of a sound, unmoving WebP file; anything else comes back empty.
std::string only_picture_chunks(std::string_view webp);

}  // namespace posy::media
