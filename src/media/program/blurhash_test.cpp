#include "media/program/blurhash.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace posy::media {
namespace {

TEST(Blurhash, AgreesWithTheReferenceImplementation) {
  std::vector<unsigned char> rgb;
  for (int y = 0; y < 12; ++y) {
    for (int x = 0; x < 20; ++x) {
      for (int value : {x * 37 + y * 11, x * 5 + y * 53, x * x + y * y}) {
        rgb.push_back(static_cast<unsigned char>(value % 256));
      }
    }
  }
  EXPECT_EQ(blurhash(rgb, 20, 12), "LJHU,xR^bjOw%BM_S4I|MSi*S$nz");
}

TEST(Blurhash, LengthFollowsTheComponents) {
  std::vector<unsigned char> white(3 * 4 * 4, 255);
  EXPECT_EQ(blurhash(white, 4, 4, 1, 1), "00TSUA");
  EXPECT_EQ(blurhash(white, 4, 4, 9, 9).size(), 4 + 2 * 81u);
}

}  // namespace
}  // namespace posy::media
