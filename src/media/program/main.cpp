// posy-media: decodes one picture that a stranger sent and writes it anew. Started by posy, which carries it
// inside, and which puts the walls around it (media/picture.hpp).
#include <cstdio>
#include <exception>
#include <new>
#include <span>

#include "media/program/image.hpp"
#include "media/program/job.hpp"
#include "media/program/library.hpp"

#ifdef POSY_SANITIZED
// The leak checker traces its own process, which the walls forbid.
extern "C" char const* __asan_default_options() {
  return "detect_leaks=0";
}
#endif

namespace posy::media {
namespace {

constexpr int exit_usage = 2;

PictureAnswer answer(PictureJob const& job) {
  try {
    Library library(job.mime);
    auto made = make_picture(job);
    // For the log of who runs the server; the sender does not see it.
    std::fputs(vips_error_buffer(), stderr);
    return made;
  } catch (std::bad_alloc const&) {
    return PictureFlaw::too_large_to_decode;
  }
}

int run(std::span<char const* const> arguments) {
  auto job = read_arguments(arguments);
  if (!job) {
    std::fputs("posy-media is a part of posy, which starts it\n", stderr);
    return exit_usage;
  }
  std::string line = write_answer(answer(*job));
  return std::fputs(line.c_str(), stdout) < 0 || std::fflush(stdout) != 0 ? exit_trouble : 0;
}

}  // namespace
}  // namespace posy::media

int main(int count, char** arguments) {
  try {
    return posy::media::run({arguments, static_cast<std::size_t>(count)});
  } catch (std::exception const& trouble) {
    std::fprintf(stderr, "%s\n", trouble.what());
    return posy::media::exit_trouble;
  }
}
