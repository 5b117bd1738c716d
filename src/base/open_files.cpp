#include "base/open_files.hpp"

#include <sys/resource.h>

namespace posy {
namespace {

constexpr std::size_t when_unknown = 1024;

}  // namespace

std::size_t raise_open_files() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return when_unknown;
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);  // what was asked for is within the bound, so it cannot fail
  return files.rlim_cur;
}

}  // namespace posy
