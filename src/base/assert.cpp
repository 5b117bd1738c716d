#include "base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace posy {

void assertion_failed(char const* expression, char const* file, int line) {
  std::fprintf(stderr, "posy: assertion failed: %s (%s:%d)\n", expression, file, line);
  std::abort();
}

}  // namespace posy
