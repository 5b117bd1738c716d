#include "media/test_fixtures.hpp"

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "base/random.hpp"
#include "media/program/library.hpp"

// For the leak checker: libx265, which encodes our HEIC fixtures, keeps a little to the end.
extern "C" char const* __lsan_default_suppressions() {
  return "leak:x265_malloc\n";
}

namespace posy::media::testing {
namespace {

// libvips in this process, for making and looking at pictures; what is tested runs it in another.
class LibraryEnvironment : public ::testing::Environment {
 public:
  void SetUp() override {
    library_.emplace("image/heic");
    g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING, [](auto...) {}, nullptr);  // broken pictures are many here
  }
  void TearDown() override { library_.reset(); }

 private:
  std::optional<Library> library_;
};
[[maybe_unused]] auto* const environment = ::testing::AddGlobalTestEnvironment(new LibraryEnvironment);

Image checked(int failed, VipsImage* image) {
  EXPECT_EQ(failed, 0) << vips_error_buffer();
  vips_error_clear();
  return Image(image);
}

}  // namespace

Folder::Folder() : path_(fs::temp_directory_path() / ("posy_media_" + random_token(9))) {
  fs::create_directories(path_);
}
Folder::~Folder() {
  fs::remove_all(path_);
}

fs::path Folder::write(std::string_view name, std::string_view content) const {
  fs::path file = path_ / name;
  std::ofstream(file, std::ios::binary) << content;
  return file;
}

std::size_t Folder::file_count() const {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
}

std::string content_of(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Image red_blue(int width, int height) {
  std::string pixels;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x)
      pixels += x < width / 2 ? std::string("\xff\0\0", 3) : std::string("\0\0\xff", 3);
  }
  Image raw(
      vips_image_new_from_memory_copy(pixels.data(), pixels.size(), width, height, 3, VIPS_FORMAT_UCHAR));
  VipsImage* out = nullptr;
  int failed = vips_copy(raw.get(), &out, "interpretation", VIPS_INTERPRETATION_sRGB, nullptr);
  return checked(failed, out);
}

Image with_alpha(Image image, int alpha) {
  VipsImage* out = nullptr;
  int failed = vips_bandjoin_const1(image.get(), &out, alpha, nullptr);
  return checked(failed, out);
}

void add_private_metadata(VipsImage* image) {
  vips_image_set_string(image, "exif-ifd3-GPSLatitude", "40/1 26/1 46/1");
  vips_image_set_string(image, "exif-ifd3-GPSLongitude", "79/1 58/1 56/1");
  vips_image_set_string(image, "exif-ifd0-Make", "SecretCamera");
  vips_image_set_string(image, "png-comment-0-Title", "SecretTitle");
  constexpr std::string_view xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'>SecretPlace</x:xmpmeta>";
  vips_image_set_blob_copy(image, VIPS_META_XMP_NAME, xmp.data(), xmp.size());
  constexpr std::string_view iptc = "Photoshop 3.0 SecretAuthor";
  vips_image_set_blob_copy(image, VIPS_META_IPTC_NAME, iptc.data(), iptc.size());
}

bool is_private(std::string_view bytes) {
  for (std::string_view mark :
       {"Exif", "EXIF", "eXIf", "zTXt", "tEXt", "iTXt", "Secret", "xmpmeta", "Photoshop", "ICC_PROFILE"}) {
    if (bytes.find(mark) != bytes.npos) return true;
  }
  return false;
}

void save(VipsImage* image, fs::path const& file) {
  ASSERT_EQ(vips_image_write_to_file(image, file.c_str(), nullptr), 0) << vips_error_buffer();
}

PictureJob job_for(fs::path const& file) {
  Limits limits;
  return {.upload = file,
          .mime = detect_mime(file).value_or(""),
          .box = {limits.side_max, limits.side_max},
          .pixels = limits.original_pixels,
          .preview_pixels = limits.preview_pixels,
          .pixels_max = limits.pixels_max,
          .decoder_bytes_max = limits.decoder_bytes_max};
}

Image load(fs::path const& file) {
  auto image = open_image(job_for(file));
  EXPECT_TRUE(image) << file;
  if (!image) return nullptr;
  return Image(vips_image_copy_memory(image->get()));
}

Colour pixel(VipsImage* image, int x, int y) {
  double* values = nullptr;
  int bands = 0;
  EXPECT_EQ(vips_getpoint(image, &values, &bands, x, y, nullptr), 0) << vips_error_buffer();
  Colour colour;
  if (bands >= 3)
    colour = {static_cast<int>(values[0]), static_cast<int>(values[1]), static_cast<int>(values[2])};
  if (bands >= 4) colour.alpha = static_cast<int>(values[3]);
  g_free(values);
  return colour;
}

void run_ffmpeg(std::string const& arguments) {
  std::string command = "ffmpeg -nostdin -v error -y " + arguments;
  ASSERT_EQ(std::system(command.c_str()), 0) << command;
}

}  // namespace posy::media::testing
