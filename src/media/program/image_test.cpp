#include "media/program/image.hpp"

#include "media/test_fixtures.hpp"

// The decoders in this process, under its sanitisers; media/image_test.cpp goes through the program.
namespace posy::media {
namespace {

using namespace testing;

TEST(Decoder, BearsSpoiledFiles) {
  for (std::string name : {"a.jpg", "a.png", "a.webp", "a.gif"}) {
    Folder folder;
    save(red_blue(64, 48).get(), folder / name);
    auto bytes = content_of(folder / name);
    auto job = job_for(folder / name);
    job.original = folder / "original";
    job.preview = folder / "preview";
    for (std::size_t i = 12; i < bytes.size(); i += 7) {
      auto spoiled = bytes;
      spoiled[i] = static_cast<char>(spoiled[i] ^ 0x5a);
      job.upload = folder.write("spoiled", spoiled);
      auto answer = make_picture(job);
      if (auto const* picture = std::get_if<Picture>(&answer)) {
        EXPECT_TRUE(read_answer(write_answer(answer), job)) << picture->mime;
        EXPECT_EQ(detect_mime(job.original), picture->mime);
      }
    }
  }
}

TEST(Decoder, WritesOnlyWhatIsWanted) {
  Folder folder;
  save(red_blue(64, 48).get(), folder / "a.png");
  auto job = job_for(folder / "a.png");
  auto answer = make_picture(job);
  EXPECT_EQ(std::get<Picture>(answer).original_size.width, 64);
  EXPECT_EQ(folder.file_count(), 1u);
  job.preview = folder / "preview";
  EXPECT_EQ(std::get<Picture>(make_picture(job)).preview_size.height, 48);
  EXPECT_EQ(detect_mime(job.preview), "image/webp");
  EXPECT_EQ(folder.file_count(), 2u);
}

TEST(Decoder, SaysWhenAFileCannotBeWritten) {
  Folder folder;
  save(red_blue(64, 48).get(), folder / "a.png");
  auto job = job_for(folder / "a.png");
  job.original = folder / "nowhere/original";
  EXPECT_THROW(make_picture(job), std::runtime_error);
}

TEST(Loader, OfOtherFormatsIsBlocked) {
  Folder folder;
  auto svg = folder.write("a.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>");
  VipsImage* out = nullptr;
  EXPECT_NE(vips_svgload(svg.c_str(), &out, nullptr), 0);
  auto image = red_blue(9, 9);
  save(image.get(), folder / "a.tif");
  EXPECT_NE(vips_tiffload((folder / "a.tif").c_str(), &out, nullptr), 0);
  EXPECT_EQ(vips_image_new_from_file((folder / "a.tif").c_str(), nullptr), nullptr);
  vips_error_clear();
}

}  // namespace
}  // namespace posy::media
