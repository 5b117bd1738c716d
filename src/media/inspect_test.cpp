#include "media/inspect.hpp"

#include "media/test_fixtures.hpp"

namespace posy::media {
namespace {

using namespace testing;
using namespace std::string_literals;

TEST(Inspect, KnowsFormatsByTheirFirstBytes) {
  Folder folder;
  std::pair<std::string, std::string> const cases[] = {
      {"\xff\xd8\xff\xe0", "image/jpeg"},
      {"\x89PNG\r\n\x1a\n....", "image/png"},
      {"GIF89a", "image/gif"},
      {"RIFF....WEBPVP8 ", "image/webp"},
      {"\0\0\0\x18"s + "ftypavif\0\0\0\0mif1miaf"s, "image/avif"},
      {"\0\0\0\x18"s + "ftypmif1\0\0\0\0avifmiaf"s, "image/avif"},
      {"\0\0\0\x18"s + "ftypheic\0\0\0\0mif1heic"s, "image/heic"},
      {"\0\0\0\x18"s + "ftypisom\0\0\x02\0isomavc1"s, "video/mp4"},
      {"\0\0\0\x14"s + "ftypqt  \0\0\0\0qt  "s, "video/quicktime"},
      {"\0\0\0\x14"s + "ftypM4A \0\0\0\0M4A "s, "audio/mp4"},
      {"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "video/webm"},
      {"OggS................\x01vorbis", "audio/ogg"},
      {"OggS................\x80theora", "video/ogg"},
      {"RIFF....WAVEfmt ", "audio/wav"},
      {"fLaC\0\0\0\x22"s, "audio/flac"},
      {"ID3\x04\0\0\0\0\0\0"s, "audio/mpeg"},
      {"\xff\xfb\x90\x64\0\0"s, "audio/mpeg"},
      {"\xff\xf1\x50\x80\0\0"s, "audio/aac"},
  };
  for (auto const& [bytes, mime] : cases) {
    EXPECT_EQ(detect_mime(folder.write("upload.txt", bytes)), mime);
  }
}

TEST(Inspect, KnowsNothingElse) {
  Folder folder;
  std::string const cases[] = {"",
                               "hello",
                               "<svg xmlns='http://www.w3.org/2000/svg'/>",
                               "%PDF-1.7\n",
                               "<!doctype html><script>1</script>",
                               "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
                               "\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska",
                               "PK\x03\x04",
                               "II*\0"s,
                               "\xff",
                               "\0\0\0\x18"s + "ftypjxl \0\0\0\0jxl "s,
                               "BM......"};
  for (auto const& bytes : cases) EXPECT_FALSE(detect_mime(folder.write("photo.jpg", bytes))) << bytes;
  EXPECT_FALSE(detect_mime(folder / "missing.jpg"));
}

TEST(Inspect, BearsABrandBoxThatLiesAboutItsLength) {
  Folder folder;
  EXPECT_EQ(detect_mime(folder.write("a", "\xff\xff\xff\xff"s + "ftypisom"s)), "video/mp4");
  EXPECT_EQ(detect_mime(folder.write("b", "\0\0\0\0ftyp"s)), "video/mp4");
}

}  // namespace
}  // namespace posy::media
