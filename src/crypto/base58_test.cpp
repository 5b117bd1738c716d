#include "crypto/base58.hpp"

#include <gtest/gtest.h>

namespace posy::crypto {
namespace {

using namespace std::string_literals;

// The examples of draft-msporny-base58.
TEST(Base58, AgreesWithTheDraft) {
  std::pair<std::string, std::string> const examples[] = {
      {"Hello World!", "2NEpo7TZRRrLZSi2U"},
      {"The quick brown fox jumps over the lazy dog.",
       "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"},
      {"\0\0\x28\x7f\xb4\xcd"s, "11233QC4"},
      {"", ""},
      {"\0\0\0"s, "111"},
  };
  for (auto const& [bytes, text] : examples) {
    EXPECT_EQ(to_base58(bytes), text);
    EXPECT_EQ(from_base58(text), bytes);
  }
}

TEST(Base58, EveryLengthComesBack) {
  for (std::size_t length = 0; length <= base58_bytes_max; ++length) {
    std::string const bytes(length, '\xff');
    EXPECT_EQ(from_base58(to_base58(bytes)), bytes);
  }
}

TEST(Base58, RefusesOtherAlphabetsAndTooMuch) {
  for (std::string_view bad : {"0", "O", "I", "l", "a b", "a+", "ä", "2NEpo7TZRRrLZSi2U\n"})
    EXPECT_FALSE(from_base58(bad)) << bad;
  EXPECT_FALSE(from_base58(std::string(base58_bytes_max + 1, '1')));
  EXPECT_FALSE(from_base58(std::string(180, 'z')));
  EXPECT_FALSE(from_base58(std::string(1'000'000, 'z')));
}

TEST(Multibase, IsBase58WithItsPrefix) {
  EXPECT_EQ(to_multibase("Hello World!"), "z2NEpo7TZRRrLZSi2U");
  EXPECT_EQ(from_multibase("z2NEpo7TZRRrLZSi2U"), "Hello World!");
  for (std::string_view bad : {"", "2NEpo7TZRRrLZSi2U", "uSGVsbG8", "Z2NEpo7TZRRrLZSi2U", "m", "z0"})
    EXPECT_FALSE(from_multibase(bad)) << bad;
}

}  // namespace
}  // namespace posy::crypto
