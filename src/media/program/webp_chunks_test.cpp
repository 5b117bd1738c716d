#include "media/program/webp_chunks.hpp"

#include <gtest/gtest.h>

namespace posy::media {
namespace {

using namespace std::string_literals;

std::string riff(std::string const& chunks) {
  return "RIFF"s + static_cast<char>(chunks.size() + 4) + "\0\0\0WEBP"s + chunks;
}

TEST(WebpChunks, KeepsThePictureOnly) {
  std::string const vp8x = "VP8X\x0a\0\0\0"s, size = "\0\0\0\x3f\0\0\x3f\0\0"s;
  std::string const picture = "ALPH\1\0\0\0a\0VP8 \3\0\0\0xyz\0"s;
  std::string const extra = "EXIF\4\0\0\0home"s + "XMP \3\0\0\0who\0"s + "junk\0\0\0\0"s;
  auto kept = only_picture_chunks(riff(vp8x + "\x3c"s + size + "ICCP\2\0\0\0no"s + picture + extra));
  EXPECT_EQ(kept, riff(vp8x + "\x10"s + size + picture));
}

TEST(WebpChunks, RefusesWhatIsNotSound) {
  for (auto const& bytes :
       {""s, "RIFF"s, "RIFF\4\0\0\0WAVE"s, riff("VP8 \x40\0\0\0short"s), riff("VP8 \xff\xff\xff\xff"s)}) {
    EXPECT_EQ(only_picture_chunks(bytes), "");
  }
}

}  // namespace
}  // namespace posy::media
