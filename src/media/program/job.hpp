// What the server asks of posy-media, the confined program that decodes pictures, and what that answers.
//
// While it decodes a stranger's file the program may be taken over. So the server fixes every path, and
// `read_answer` takes nothing but sizes within what was asked and words from a known set.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "media/shape.hpp"

namespace posy::media {

struct PictureJob {
  std::filesystem::path upload;
  std::filesystem::path original;  // the files to fill; empty when it is not wanted
  std::filesystem::path preview;
  std::string mime;  // of the upload: it chooses the decoder
  PictureSize box;   // of the original, as are fit and pixels
  Fit fit = Fit::inside;
  int pixels = 0;  // not more, with Fit::inside
  int preview_pixels = 0;
  std::uint64_t pixels_max = 0;  // of the upload
  std::uint64_t decoder_bytes_max = 0;
  bool only_still = false;  // a file that moves is answered by Moving and left alone
};

struct Picture {
  std::string mime;  // of the original that was written
  PictureSize original_size;
  PictureSize preview_size;  // zero when there is none
  std::string blurhash;
  std::string average_colour;
};
struct Moving {};
enum class PictureFlaw { damaged, too_many_pixels, too_large_to_decode, unknown_channels };

using PictureAnswer = std::variant<Picture, Moving, PictureFlaw>;

// The exit code when the trouble is the machine's (a full disk), not the picture's. The cause is on the
// program's standard error.
constexpr int exit_trouble = 1;

// The arguments of the program, its name first.
std::vector<std::string> write_arguments(PictureJob const& job);
std::optional<PictureJob> read_arguments(std::span<char const* const> arguments);

std::string write_answer(PictureAnswer const& answer);
std::optional<PictureAnswer> read_answer(std::string_view line, PictureJob const& job);

}  // namespace posy::media
