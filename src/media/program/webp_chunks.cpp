#include "media/program/webp_chunks.hpp"

#include <cstdint>

namespace posy::media {
namespace {

constexpr std::size_t head_bytes = 12;       // "RIFF", size, "WEBP"
constexpr std::size_t chunk_head_bytes = 8;  // name, size
constexpr char alpha_flag = 0x10;            // of VP8X; the others announce colour profile, EXIF, XMP, motion

std::uint32_t read_size(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

}  // namespace

std::string only_picture_chunks(std::string_view webp) {
  if (webp.size() < head_bytes || !webp.starts_with("RIFF") || webp.substr(8, 4) != "WEBP") return {};
  std::string out(webp.substr(0, head_bytes));
  auto rest = webp.substr(head_bytes);
  while (rest.size() >= chunk_head_bytes) {
    auto name = rest.substr(0, 4);
    std::size_t size = chunk_head_bytes + read_size(rest.substr(4));
    size += size % 2;  // chunks are padded to even length
    if (size > rest.size()) return {};
    if (name == "VP8 " || name == "VP8L" || name == "VP8X" || name == "ALPH") {
      std::size_t start = out.size();
      out += rest.substr(0, size);
      if (name == "VP8X" && size > chunk_head_bytes) out[start + chunk_head_bytes] &= alpha_flag;
    }
    rest.remove_prefix(size);
  }
  auto size = static_cast<std::uint32_t>(out.size() - 8);
  for (std::size_t i = 0; i < 4; ++i) out[4 + i] = static_cast<char>(size >> (8 * i) & 255);
  return out;
}

}  // namespace posy::media
