#include "media/program/job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

namespace posy::media {
namespace {

constexpr std::size_t blurhash_length = 28;  // of 4 x 3 components
constexpr std::string_view blurhash_marks = "#$%*+,-.:;=?@[]^_{|}~";
constexpr std::string_view mimes_written[] = {"image/jpeg", "image/png", "image/webp"};
constexpr std::string_view flaw_names[] = {"damaged", "too_many_pixels", "too_large_to_decode",
                                           "unknown_channels"};
constexpr int int_max = std::numeric_limits<int>::max();

// Words divided by single blanks.
class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) {}

  std::string_view next() {
    auto word = rest_.substr(0, rest_.find(' '));
    at_end_ = word.size() == rest_.size();
    rest_.remove_prefix(at_end_ ? word.size() : word.size() + 1);
    return word;
  }
  // False when the next word is anything but a whole decimal number within these bounds.
  template <class Number>
  bool read(Number& number, Number least, Number most) {
    auto word = next();
    auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    return error == std::errc{} && end == word.data() + word.size() && number >= least && number <= most;
  }
  bool at_end() const { return at_end_; }

 private:
  std::string_view rest_;
  bool at_end_ = false;
};

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_blurhash(std::string_view text) {
  return text.size() == blurhash_length && std::ranges::all_of(text, [](char c) {
           return is_alphanumeric(c) || blurhash_marks.find(c) != blurhash_marks.npos;
         });
}

bool is_colour(std::string_view text) {
  return text.size() == 7 && text[0] == '#' && std::ranges::all_of(text.substr(1), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool read_size(Words& words, PictureSize& size, PictureSize box, int pixels) {
  return words.read(size.width, 1, box.width) && words.read(size.height, 1, box.height) &&
         static_cast<std::int64_t>(size.width) * size.height <= pixels;
}

bool read_no_size(Words& words) {
  return words.next() == "0" && words.next() == "0";
}

std::optional<PictureAnswer> read_picture(Words words, PictureJob const& job) {
  Picture picture;
  picture.mime = words.next();
  bool sound = std::ranges::find(mimes_written, picture.mime) != std::end(mimes_written) &&
               read_size(words, picture.original_size, job.box, job.pixels) &&
               (job.preview.empty() ? read_no_size(words)
                                    : read_size(words, picture.preview_size, job.box, job.preview_pixels));
  picture.blurhash = words.next();
  picture.average_colour = words.next();
  if (!sound || !is_blurhash(picture.blurhash) || !is_colour(picture.average_colour)) return {};
  if (!words.at_end()) return {};
  return picture;
}

std::optional<PictureAnswer> read_flaw(Words words) {
  auto found = std::ranges::find(flaw_names, words.next());
  if (found == std::end(flaw_names) || !words.at_end()) return {};
  return static_cast<PictureFlaw>(found - flaw_names);
}

}  // namespace

std::vector<std::string> write_arguments(PictureJob const& job) {
  return {"posy-media", job.upload, job.original, job.preview,
          fmt::format("{} {} {} {} {} {} {} {} {}", job.mime, job.box.width, job.box.height,
                      static_cast<int>(job.fit), job.pixels, job.preview_pixels, job.pixels_max,
                      job.decoder_bytes_max, static_cast<int>(job.only_still))};
}

std::optional<PictureJob> read_arguments(std::span<char const* const> arguments) {
  if (arguments.size() != 5) return {};
  PictureJob job{.upload = arguments[1], .original = arguments[2], .preview = arguments[3]};
  Words words(arguments[4]);
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  int fit = 0, only_still = 0;
  job.mime = words.next();
  bool sound = words.read(job.box.width, 1, int_max) && words.read(job.box.height, 1, int_max) &&
               words.read(fit, 0, 1) && words.read(job.pixels, 1, int_max) &&
               words.read(job.preview_pixels, 1, int_max) &&
               words.read(job.pixels_max, std::uint64_t{0}, most) &&
               words.read(job.decoder_bytes_max, std::uint64_t{0}, most) && words.read(only_still, 0, 1);
  if (!sound || !words.at_end()) return {};
  job.fit = static_cast<Fit>(fit);
  job.only_still = only_still != 0;
  return job;
}

std::string write_answer(PictureAnswer const& answer) {
  if (std::holds_alternative<Moving>(answer)) return "moving\n";
  if (auto const* flaw = std::get_if<PictureFlaw>(&answer)) {
    return fmt::format("flaw {}\n", flaw_names[static_cast<std::size_t>(*flaw)]);
  }
  auto const& picture = std::get<Picture>(answer);
  return fmt::format("picture {} {} {} {} {} {} {}\n", picture.mime, picture.original_size.width,
                     picture.original_size.height, picture.preview_size.width, picture.preview_size.height,
                     picture.blurhash, picture.average_colour);
}

std::optional<PictureAnswer> read_answer(std::string_view line, PictureJob const& job) {
  if (!line.ends_with('\n')) return {};
  line.remove_suffix(1);
  if (line == "moving") return job.only_still ? std::optional<PictureAnswer>(Moving{}) : std::nullopt;
  Words words(line);
  auto kind = words.next();
  if (kind == "picture") return read_picture(words, job);
  if (kind == "flaw") return read_flaw(words);
  return {};
}

}  // namespace posy::media
