#include "media/program/blurhash.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string_view>
#include <vector>

#include "base/assert.hpp"

namespace posy::media {
namespace {

constexpr std::string_view digits =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
static_assert(digits.size() == 83);

using Colour = std::array<double, 3>;  // linear light, 0 to 1

void append_base83(std::string& out, int value, int length) {
  int divisor = 1;
  for (int i = 1; i < length; ++i) divisor *= 83;
  for (; divisor > 0; divisor /= 83) out += digits[static_cast<std::size_t>(value / divisor % 83)];
}

double to_linear(unsigned char value) {
  double v = value / 255.0;
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

int to_srgb(double value) {
  double v = std::clamp(value, 0.0, 1.0);
  double s = v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
  return static_cast<int>(s * 255 + 0.5);
}

// How much of the cosine wave (i, j) is in the picture.
Colour component(std::vector<Colour> const& pixels, int width, int height, int i, int j) {
  Colour sum{};
  for (int row = 0; row < height; ++row) {
    double down = std::cos(std::numbers::pi * j * row / height);
    for (int column = 0; column < width; ++column) {
      double wave = std::cos(std::numbers::pi * i * column / width) * down;
      auto const& pixel = pixels[static_cast<std::size_t>(row) * width + column];
      for (int c = 0; c < 3; ++c) sum[c] += wave * pixel[c];
    }
  }
  double scale = (i == 0 && j == 0 ? 1.0 : 2.0) / (static_cast<double>(width) * height);
  for (double& value : sum) value *= scale;
  return sum;
}

int quantised(double value, double most) {
  double share = value / most;
  double root = std::copysign(std::sqrt(std::abs(share)), share);
  return std::clamp(static_cast<int>(std::floor(root * 9 + 9.5)), 0, 18);
}

}  // namespace

std::string blurhash(std::span<unsigned char const> rgb, int width, int height, int x, int y) {
  POSY_ASSERT(width > 0 && height > 0 && x >= 1 && x <= 9 && y >= 1 && y <= 9);
  POSY_ASSERT(rgb.size() == static_cast<std::size_t>(width) * height * 3);
  std::vector<Colour> pixels(rgb.size() / 3);
  for (std::size_t i = 0; i < rgb.size(); ++i) pixels[i / 3][i % 3] = to_linear(rgb[i]);

  std::vector<Colour> waves;
  for (int j = 0; j < y; ++j) {
    for (int i = 0; i < x; ++i) waves.push_back(component(pixels, width, height, i, j));
  }

  std::string out;
  append_base83(out, (x - 1) + (y - 1) * 9, 1);
  double largest = 0;
  for (auto wave = waves.begin() + 1; wave != waves.end(); ++wave) {
    for (double value : *wave) largest = std::max(largest, std::abs(value));
  }
  int step = std::clamp(static_cast<int>(std::floor(largest * 166 - 0.5)), 0, 82);
  append_base83(out, step, 1);
  auto const& mean = waves.front();
  append_base83(out, to_srgb(mean[0]) << 16 | to_srgb(mean[1]) << 8 | to_srgb(mean[2]), 4);
  double most = (step + 1) / 166.0;
  for (auto wave = waves.begin() + 1; wave != waves.end(); ++wave) {
    int value = 0;
    for (double share : *wave) value = value * 19 + quantised(share, most);
    append_base83(out, value, 2);
  }
  return out;
}

}  // namespace posy::media
