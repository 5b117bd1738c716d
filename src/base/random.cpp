#include "base/random.hpp"

#include <sys/random.h>

#include <bit>
#include <cerrno>
#include <system_error>
#include <vector>

#include "base/encoding.hpp"

namespace posy {

void fill_random(std::span<unsigned char> bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    auto got = ::getrandom(bytes.data() + done, bytes.size() - done, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw std::system_error(errno, std::generic_category(), "getrandom");
    done += static_cast<std::size_t>(got);
  }
}

std::uint64_t random_number() {
  unsigned char bytes[sizeof(std::uint64_t)];
  fill_random(bytes);
  return std::bit_cast<std::uint64_t>(bytes);
}

std::string random_token(std::size_t bytes) {
  std::vector<unsigned char> raw(bytes);
  fill_random(raw);
  return to_base64url({reinterpret_cast<char const*>(raw.data()), raw.size()});
}

}  // namespace posy
