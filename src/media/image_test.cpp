#include "media/test_fixtures.hpp"

namespace posy::media {
namespace {

using namespace testing;

// An upload and the folder that its results go to.
struct Upload {
  Folder folder;
  Folder work;

  fs::path of(Image const& image, std::string_view name) const {
    save(image.get(), folder / name);
    return folder / name;
  }
  Processed accepted(fs::path const& file, Limits const& limits = {}) const {
    auto processed = process(file, work.path(), limits);
    EXPECT_TRUE(processed) << (processed ? "" : processed.error().message);
    return processed ? *processed : Processed{};
  }
  void expect_refused(fs::path const& file, Limits const& limits = {}) const {
    auto processed = process(file, work.path(), limits);
    ASSERT_FALSE(processed) << file;
    EXPECT_EQ(processed.error().refusal, Refusal::unprocessable);
    EXPECT_EQ(work.file_count(), 0u);
  }
};

bool is_red(Colour c) {
  return c.red > 200 && c.green < 60 && c.blue < 60;
}
bool is_blue(Colour c) {
  return c.blue > 200 && c.green < 60 && c.red < 60;
}

TEST(Image, KeepsItsFormatAndLosesItsMetadata) {
  for (std::string name : {"a.jpg", "a.png", "a.webp"}) {
    Upload upload;
    auto image = red_blue(300, 200);
    add_private_metadata(image.get());
    auto file = upload.of(image, name);
    ASSERT_TRUE(is_private(content_of(file))) << name;

    auto processed = upload.accepted(file);
    EXPECT_EQ(processed.kind, Kind::image);
    EXPECT_EQ(processed.mime, *detect_mime(file));
    EXPECT_EQ(detect_mime(processed.original), processed.mime);
    EXPECT_EQ(processed.original.extension(), file.extension());
    EXPECT_EQ(detect_mime(processed.preview), processed.preview_mime);
    EXPECT_FALSE(is_private(content_of(processed.original))) << name;
    EXPECT_FALSE(is_private(content_of(processed.preview))) << name;
    EXPECT_EQ(processed.original_size.width, 300);
    EXPECT_EQ(processed.original_size.height, 200);
    EXPECT_EQ(processed.blurhash.size(), 28u);
    EXPECT_EQ(upload.work.file_count(), 2u);
    auto written = load(processed.original);
    EXPECT_TRUE(is_red(pixel(written.get(), 20, 100)));
    EXPECT_TRUE(is_blue(pixel(written.get(), 280, 100)));
  }
}

TEST(Image, BecomesWhatEveryClientCanShow) {
  for (std::string name : {"a.avif", "a.heic"}) {
    Upload upload;
    auto image = red_blue(300, 200);
    add_private_metadata(image.get());
    auto processed = upload.accepted(upload.of(image, name));
    EXPECT_EQ(processed.mime, "image/jpeg");
    EXPECT_FALSE(is_private(content_of(processed.original)));
    EXPECT_TRUE(is_red(pixel(load(processed.original).get(), 20, 100)));
  }
  Upload upload;
  auto transparent = upload.accepted(upload.of(with_alpha(red_blue(64, 64), 128), "a.avif"));
  EXPECT_EQ(transparent.mime, "image/webp");
  EXPECT_NEAR(pixel(load(transparent.original).get(), 5, 5).alpha, 128, 4);
}

TEST(Image, IsTurnedUpright) {
  Upload upload;
  auto image = red_blue(300, 200);
  vips_image_set_int(image.get(), VIPS_META_ORIENTATION, 6);  // to be turned clockwise: left comes to the top
  auto processed = upload.accepted(upload.of(image, "a.jpg"));
  EXPECT_EQ(processed.original_size.width, 200);
  EXPECT_EQ(processed.original_size.height, 300);
  auto written = load(processed.original);
  EXPECT_EQ(vips_image_get_orientation(written.get()), 1);
  EXPECT_TRUE(is_red(pixel(written.get(), 100, 20)));
  EXPECT_TRUE(is_blue(pixel(written.get(), 100, 280)));
}

TEST(Image, KeepsTransparency) {
  Upload upload;
  auto processed = upload.accepted(upload.of(with_alpha(red_blue(100, 100), 100), "a.png"));
  EXPECT_EQ(processed.mime, "image/png");
  auto colour = pixel(load(processed.original).get(), 10, 50);
  EXPECT_TRUE(is_red(colour));
  EXPECT_EQ(colour.alpha, 100);
  EXPECT_NEAR(pixel(load(processed.preview).get(), 10, 50).alpha, 100, 4);
}

TEST(Image, ComesDownToEightBits) {
  for (bool transparent : {false, true}) {
    Upload upload;
    auto image = red_blue(100, 100);
    if (transparent) image = with_alpha(std::move(image), 100);
    VipsImage* wide = nullptr;
    ASSERT_EQ(vips_cast(image.get(), &wide, VIPS_FORMAT_USHORT, "shift", TRUE, nullptr), 0);
    Image input(wide);
    VipsImage* tagged = nullptr;
    ASSERT_EQ(vips_copy(input.get(), &tagged, "interpretation", VIPS_INTERPRETATION_RGB16, nullptr), 0);
    auto file = upload.of(Image(tagged), "a.png");
    ASSERT_EQ(vips_image_get_format(load(file).get()), VIPS_FORMAT_USHORT);

    auto written = load(upload.accepted(file).original);
    EXPECT_EQ(vips_image_get_format(written.get()), VIPS_FORMAT_UCHAR);
    auto colour = pixel(written.get(), 10, 50);
    EXPECT_TRUE(is_red(colour));
    EXPECT_EQ(colour.alpha, transparent ? 100 : 255);
  }
}

TEST(Image, ComesFromOtherColourSpacesIntoSrgb) {
  Upload upload;
  VipsImage* out = nullptr;
  ASSERT_EQ(vips_colourspace(red_blue(100, 100).get(), &out, VIPS_INTERPRETATION_CMYK, nullptr), 0);
  auto file = upload.of(Image(out), "cmyk.jpg");
  ASSERT_EQ(vips_image_get_bands(load(file).get()), 4);
  auto processed = upload.accepted(file);
  auto written = load(processed.original);
  EXPECT_EQ(vips_image_get_bands(written.get()), 3);
  auto colour = pixel(written.get(), 10, 50);
  EXPECT_GT(colour.red, 150);
  EXPECT_LT(colour.blue, 110);

  ASSERT_EQ(vips_colourspace(red_blue(100, 100).get(), &out, VIPS_INTERPRETATION_B_W, nullptr), 0);
  EXPECT_EQ(vips_image_get_bands(load(upload.accepted(upload.of(Image(out), "grey.png")).original).get()), 3);

  ASSERT_EQ(vips_icc_transform(red_blue(100, 100).get(), &out, "p3", "input_profile", "srgb", nullptr), 0);
  file = upload.of(Image(out), "p3.jpg");
  ASSERT_LT(pixel(load(file).get(), 10, 50).red, 245);  // the same red is a smaller number in the wider space
  processed = upload.accepted(file);
  EXPECT_GT(pixel(load(processed.original).get(), 10, 50).red, 248);
  EXPECT_FALSE(is_private(content_of(processed.original)));
}

TEST(Image, BearsABrokenColourProfile) {
  Upload upload;
  auto image = red_blue(100, 100);
  vips_image_set_blob_copy(image.get(), VIPS_META_ICC_NAME, "no profile", 10);
  save(image.get(), upload.folder / "a.png");
  EXPECT_TRUE(is_red(pixel(load(upload.accepted(upload.folder / "a.png").original).get(), 10, 50)));
}

TEST(Image, IsScaledDownToTheLimitInItsShape) {
  Upload upload;
  auto file = upload.of(red_blue(1200, 600), "a.png");
  auto processed = upload.accepted(file, {.original_pixels = 20'000, .preview_pixels = 5'000});
  EXPECT_EQ(processed.original_size.width, 200);
  EXPECT_EQ(processed.original_size.height, 100);
  EXPECT_EQ(processed.preview_size.width, 100);
  EXPECT_EQ(processed.preview_size.height, 50);
}

TEST(Image, MayBeOnePixelOrOneLine) {
  Upload upload;
  EXPECT_EQ(upload.accepted(upload.of(red_blue(1, 1), "dot.png")).original_size.width, 1);
  auto line = upload.accepted(upload.of(red_blue(20'000, 1), "line.png"));
  EXPECT_EQ(line.original_size.width, 8192);
  EXPECT_EQ(line.original_size.height, 1);
}

TEST(Image, TellsItsAverageColour) {
  Upload upload;
  EXPECT_EQ(upload.accepted(upload.of(red_blue(64, 64), "a.png")).average_colour, "#7f007f");
}

TEST(Image, OfAGifThatStandsStillBecomesPng) {
  Upload upload;
  auto processed = upload.accepted(upload.of(red_blue(64, 64), "a.gif"));
  EXPECT_EQ(processed.kind, Kind::image);
  EXPECT_EQ(processed.mime, "image/png");
}

TEST(Image, ThatIsCutOffIsRefused) {
  for (std::string name : {"a.jpg", "a.png", "a.webp", "a.gif", "a.avif"}) {
    Upload upload;
    auto bytes = content_of(upload.of(red_blue(400, 300), name));
    upload.expect_refused(upload.folder.write("cut", bytes.substr(0, bytes.size() / 2)));
    upload.expect_refused(upload.folder.write("head", bytes.substr(0, 16)));
  }
}

TEST(Image, ThatUnpacksToFarMoreThanItWeighsIsRefused) {
  Upload upload;
  VipsImage* out = nullptr;
  ASSERT_EQ(vips_black(&out, 30'000, 30'000, nullptr), 0);
  Image black(out);
  ASSERT_EQ(vips_pngsave(black.get(), (upload.folder / "bomb.png").c_str(), "compression", 9, "bitdepth", 1,
                         nullptr),
            0);
  ASSERT_LT(fs::file_size(upload.folder / "bomb.png"), 1u << 20);
  upload.expect_refused(upload.folder / "bomb.png");
}

TEST(Image, ThatMustBeHeldWholeHasATighterLimit) {
  Upload upload;
  auto image = red_blue(500, 500);
  ASSERT_EQ(vips_pngsave(image.get(), (upload.folder / "rows.png").c_str(), nullptr), 0);
  ASSERT_EQ(vips_pngsave(image.get(), (upload.folder / "laced.png").c_str(), "interlace", TRUE, nullptr), 0);
  ASSERT_EQ(vips_jpegsave(image.get(), (upload.folder / "rows.jpg").c_str(), nullptr), 0);
  ASSERT_EQ(vips_jpegsave(image.get(), (upload.folder / "scans.jpg").c_str(), "interlace", TRUE, nullptr), 0);
  Limits limits{.decoder_bytes_max = 500'000};
  upload.expect_refused(upload.folder / "laced.png", limits);
  upload.expect_refused(upload.folder / "scans.jpg", limits);
  upload.accepted(upload.folder / "rows.png", limits);
  upload.accepted(upload.folder / "rows.jpg", limits);
}

TEST(Image, HasALimitOfBytesPixelsAndTime) {
  Upload upload;
  auto file = upload.of(red_blue(300, 200), "a.png");
  upload.expect_refused(file, {.image_bytes_max = fs::file_size(file) - 1});
  upload.expect_refused(file, {.pixels_max = 300 * 200 - 1});
  upload.expect_refused(file, {.image_time_max = std::chrono::milliseconds(0)});
  upload.accepted(file, {.image_bytes_max = fs::file_size(file), .pixels_max = 300 * 200});
}

TEST(Image, InDisguiseIsRefused) {
  Upload upload;
  using namespace std::string_literals;
  std::string const png = "\x89PNG\r\n\x1a\n";
  for (auto const& content :
       {"just text"s, "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"s, "%PDF-1.4\n%%EOF\n"s,
        png + "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", png + "%PDF-1.4\n%%EOF\n",
        png + "<!doctype html><script>alert(1)</script>", "\xff\xd8\xff"s + "<?php", "GIF89a=1;alert(1)"s}) {
    upload.expect_refused(upload.folder.write("photo.jpg", content));
  }
}

TEST(Image, LosesWhatIsHungOnToItsEnd) {
  Upload upload;
  auto bytes = content_of(upload.of(red_blue(64, 64), "a.jpg"));
  auto processed =
      upload.accepted(upload.folder.write("b.jpg", bytes + "PK\x03\x04 <script>Secret</script>"));
  EXPECT_FALSE(is_private(content_of(processed.original)));
}

TEST(Image, FileNamesCarryNoOptions) {
  Upload upload;
  auto file = upload.of(red_blue(64, 64), "a.png");
  fs::rename(file, upload.folder / "b.png[page=9]");
  upload.accepted(upload.folder / "b.png[page=9]");
}

TEST(Avatar, IsTheMiddleInTheAskedShape) {
  Upload upload;
  auto file = upload.of(red_blue(1600, 800), "a.jpg");
  auto processed = process_avatar(file, upload.work.path(), 400, 400);
  ASSERT_TRUE(processed);
  EXPECT_EQ(processed->original_size.width, 400);
  EXPECT_EQ(processed->original_size.height, 400);
  EXPECT_TRUE(processed->preview.empty());
  EXPECT_EQ(upload.work.file_count(), 1u);
  auto written = load(processed->original);
  EXPECT_TRUE(is_red(pixel(written.get(), 190, 200)));
  EXPECT_TRUE(is_blue(pixel(written.get(), 210, 200)));
}

TEST(Avatar, IsNeverScaledUp) {
  Upload upload;
  auto processed = process_avatar(upload.of(red_blue(90, 60), "a.png"), upload.work.path(), 400, 400).value();
  EXPECT_EQ(processed.original_size.width, 60);
  EXPECT_EQ(processed.original_size.height, 60);
}

TEST(Avatar, CanBeTheWholePictureInsteadOfTheMiddle) {
  Upload upload;
  auto file = upload.of(red_blue(600, 300), "a.png");
  auto processed = process_avatar(file, upload.work.path(), 128, 128, {}, Fit::inside).value();
  EXPECT_EQ(processed.original_size.width, 128);
  EXPECT_EQ(processed.original_size.height, 64);
}

TEST(Avatar, OfATurnedPhotoIsUpright) {
  Upload upload;
  auto image = red_blue(300, 200);
  vips_image_set_int(image.get(), VIPS_META_ORIENTATION, 6);
  auto processed = process_avatar(upload.of(image, "a.jpg"), upload.work.path(), 100, 100).value();
  auto written = load(processed.original);
  EXPECT_TRUE(is_red(pixel(written.get(), 50, 5)));
  EXPECT_TRUE(is_blue(pixel(written.get(), 50, 95)));
}

TEST(Avatar, IsNoFilm) {
  Folder folder;
  auto file = folder.write("a", "\x1a\x45\xdf\xa3 webm");
  EXPECT_EQ(process_avatar(file, folder.path(), 400, 400).error().refusal, Refusal::unprocessable);
}

}  // namespace
}  // namespace posy::media
