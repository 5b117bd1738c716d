// Uploads for the tests, made on the spot by libvips and ffmpeg: honest, private, broken and hostile ones.
#pragma once

#include <gtest/gtest.h>
#include <vips/vips.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "media/process.hpp"
#include "media/program/image.hpp"

namespace posy::media::testing {

namespace fs = std::filesystem;

// A folder for one test, removed with all that is in it.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;

  fs::path const& path() const { return path_; }
  fs::path operator/(std::string_view name) const { return path_ / name; }
  fs::path write(std::string_view name, std::string_view content) const;
  std::size_t file_count() const;

 private:
  fs::path path_;
};

std::string content_of(fs::path const& file);

// A picture whose left half is red and whose right half is blue, so that turning it shows.
Image red_blue(int width, int height);
Image with_alpha(Image image, int alpha);
// As a telephone writes it: the place, the camera, XMP, IPTC.
void add_private_metadata(VipsImage* image);
bool is_private(std::string_view bytes);  // any of it, or the marks of EXIF

void save(VipsImage* image, fs::path const& file);  // by extension, quality by default
PictureJob job_for(fs::path const& file);           // with the usual limits, and no files to fill
Image load(fs::path const& file);

struct Colour {
  int red = 0, green = 0, blue = 0, alpha = 255;
};
Colour pixel(VipsImage* image, int x, int y);

void run_ffmpeg(std::string const& arguments);  // asserts success

}  // namespace posy::media::testing
