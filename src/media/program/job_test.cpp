#include "media/program/job.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace posy::media {
namespace {

PictureJob some_job() {
  return {.upload = "/in/a b\n.jpg",
          .original = "/work/1",
          .preview = "/work/2",
          .mime = "image/jpeg",
          .box = {400, 300},
          .fit = Fit::cover,
          .pixels = 100'000,
          .preview_pixels = 5'000,
          .pixels_max = std::numeric_limits<std::uint64_t>::max(),
          .decoder_bytes_max = 0,
          .only_still = true};
}

std::optional<PictureJob> read(std::vector<std::string> const& arguments) {
  std::vector<char const*> raw;
  for (auto const& argument : arguments) raw.push_back(argument.c_str());
  return read_arguments(raw);
}

TEST(PictureJob, ArrivesAsItWasSent) {
  auto sent = some_job();
  auto job = read(write_arguments(sent)).value();
  EXPECT_EQ(job.upload, sent.upload);
  EXPECT_EQ(job.original, sent.original);
  EXPECT_EQ(job.preview, sent.preview);
  EXPECT_EQ(write_arguments(job), write_arguments(sent));
}

TEST(PictureJob, ThatIsIncompleteIsNone) {
  auto arguments = write_arguments(some_job());
  for (auto numbers : {"", "image/jpeg", "image/jpeg 1 1 0 1 1 1 1", "image/jpeg 1 1 0 1 1 1 1 0 ",
                       "image/jpeg 1 1 2 1 1 1 1 0", "image/jpeg 0 1 0 1 1 1 1 0"}) {
    arguments.back() = numbers;
    EXPECT_FALSE(read(arguments)) << numbers;
  }
  arguments.pop_back();
  EXPECT_FALSE(read(arguments));
  EXPECT_FALSE(read({}));
}

std::string const hash = "LEHV6nWB2yk8pyo0adR*.7kCMdnj";

TEST(PictureAnswer, ArrivesAsItWasSent) {
  auto job = some_job();
  for (std::string line : {"picture image/webp 400 250 71 70 " + hash + " #00ff7f\n", std::string("moving\n"),
                           std::string("flaw damaged\n"), std::string("flaw unknown_channels\n")}) {
    auto answer = read_answer(line, job);
    ASSERT_TRUE(answer) << line;
    EXPECT_EQ(write_answer(*answer), line);
  }
}

TEST(PictureAnswer, ThatWasNotAskedForIsNone) {
  auto job = some_job();
  std::string const tail = " " + hash + " #00ff7f\n";
  for (auto const& line : std::initializer_list<std::string>{
           "",
           "\n",
           "moving",
           "moving \n",
           "moving\nmoving\n",
           "flaw \n",
           "flaw worse\n",
           "flaw damaged too\n",
           "picture\n",
           "picture image/svg+xml 10 10 5 5" + tail,
           "picture image/png 401 10 5 5" + tail,   // wider than the box
           "picture image/png 10 301 5 5" + tail,   // higher
           "picture image/png 400 300 5 5" + tail,  // more pixels
           "picture image/png 10 10 71 71" + tail,  // a larger preview
           "picture image/png 10 10 0 0" + tail,    // none
           "picture image/png 0 10 5 5" + tail,
           "picture image/png -1 10 5 5" + tail,
           "picture image/png +1 10 5 5" + tail,
           "picture image/png 1e1 10 5 5" + tail,
           "picture image/png 99999999999999999999 10 5 5" + tail,
           "picture image/png  10 10 5 5" + tail,
           "picture image/png 10 10 5 5 " + hash + "x #00ff7f\n",
           "picture image/png 10 10 5 5 <EHV6nWB2yk8pyo0adR*.7kCMdnj #00ff7f\n",
           "picture image/png 10 10 5 5 " + hash + " #00FF7F\n",
           "picture image/png 10 10 5 5 " + hash + " #00ff7\n",
           "picture image/png 10 10 5 5 " + hash + " #00ff7f more\n",
       }) {
    EXPECT_FALSE(read_answer(line, job)) << line;
  }
  job.only_still = false;
  EXPECT_FALSE(read_answer("moving\n", job));
  job.preview.clear();
  EXPECT_TRUE(read_answer("picture image/png 10 10 0 0" + tail, job));
  EXPECT_FALSE(read_answer("picture image/png 10 10 5 5" + tail, job));
}

}  // namespace
}  // namespace posy::media
