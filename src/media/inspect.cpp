#include "media/inspect.hpp"

#include <algorithm>
#include <array>
#include <fstream>

namespace posy::media {
namespace {

constexpr Format table[] = {
    {"image/jpeg", Kind::image, ".jpg", ""},          {"image/png", Kind::image, ".png", ""},
    {"image/gif", Kind::image, ".gif", "gif"},        {"image/webp", Kind::image, ".webp", ""},
    {"image/avif", Kind::image, ".avif", ""},         {"image/heic", Kind::image, ".heic", ""},
    {"video/mp4", Kind::video, ".mp4", "mov"},        {"video/quicktime", Kind::video, ".mov", "mov"},
    {"video/webm", Kind::video, ".webm", "matroska"}, {"video/ogg", Kind::video, ".ogv", "ogg"},
    {"audio/mpeg", Kind::audio, ".mp3", "mp3"},       {"audio/ogg", Kind::audio, ".ogg", "ogg"},
    {"audio/wav", Kind::audio, ".wav", "wav"},        {"audio/flac", Kind::audio, ".flac", "flac"},
    {"audio/aac", Kind::audio, ".aac", "aac"},        {"audio/mp4", Kind::audio, ".m4a", "mov"},
};

constexpr std::size_t head_bytes = 4096;

// ISO base media (ISO/IEC 14496-12, section 4.3): a box "ftyp" with one major and some compatible brands.
std::string_view mime_of_brands(std::string_view head) {
  std::size_t box_bytes = 0;
  for (unsigned char c : head.substr(0, 4)) box_bytes = box_bytes << 8 | c;
  auto brands = head.substr(8, std::clamp<std::size_t>(box_bytes, 12, 256) - 8);
  auto major = brands.substr(0, 4);
  auto has = [&](std::string_view brand) {
    for (std::size_t i = 0; i + 4 <= brands.size(); i += 4) {
      if (i != 4 && brands.substr(i, 4) == brand) return true;  // the second word is a version
    }
    return false;
  };
  if (has("avif") || has("avis")) return "image/avif";
  for (auto brand : {"heic", "heix", "heim", "heis", "mif1"}) {
    if (has(brand)) return "image/heic";
  }
  if (major == "jxl " || major == "jp2 " || major == "crx ") return {};
  if (major == "qt  ") return "video/quicktime";
  if (major == "M4A " || major == "M4B ") return "audio/mp4";
  return "video/mp4";
}

std::string_view mime_of_head(std::string_view head) {
  using namespace std::string_view_literals;
  auto at = [&](std::size_t where, std::string_view what) {
    return head.size() >= where && head.substr(where).starts_with(what);
  };
  if (at(0, "\xff\xd8\xff"sv)) return "image/jpeg";
  if (at(0, "\x89PNG\r\n\x1a\n"sv)) return "image/png";
  if (at(0, "GIF87a"sv) || at(0, "GIF89a"sv)) return "image/gif";
  if (at(0, "RIFF"sv) && at(8, "WEBP"sv)) return "image/webp";
  if (at(0, "RIFF"sv) && at(8, "WAVE"sv)) return "audio/wav";
  if (at(4, "ftyp"sv)) return mime_of_brands(head);
  if (at(4, "moov"sv) || at(4, "wide"sv) || at(4, "mdat"sv)) return "video/quicktime";  // older than "ftyp"
  if (at(0, "\x1a\x45\xdf\xa3"sv) && head.substr(0, 64).find("webm"sv) != head.npos) return "video/webm";
  if (at(0, "OggS"sv)) return head.find("\x80theora"sv) != head.npos ? "video/ogg" : "audio/ogg";
  if (at(0, "fLaC"sv)) return "audio/flac";
  if (at(0, "ID3"sv)) return "audio/mpeg";
  if (head.size() > 4 && head[0] == '\xff') {
    auto second = static_cast<unsigned char>(head[1]);
    if ((second & 0xf6) == 0xf0) return "audio/aac";   // ADTS: twelve bits of sync, layer 0
    if ((second & 0xe6) == 0xe2) return "audio/mpeg";  // eleven bits of sync, layer III
  }
  return {};
}

}  // namespace

std::span<Format const> formats() {
  return table;
}

Format const* find_format(std::string_view mime) {
  auto found = std::ranges::find(table, mime, &Format::mime);
  return found == std::end(table) ? nullptr : found;
}

Format const* detect_format(std::filesystem::path const& file) {
  std::array<char, head_bytes> head{};
  std::ifstream in(file, std::ios::binary);
  in.read(head.data(), head.size());
  return find_format(mime_of_head({head.data(), static_cast<std::size_t>(in.gcount())}));
}

std::optional<std::string> detect_mime(std::filesystem::path const& file) {
  auto format = detect_format(file);
  if (!format) return {};
  return std::string(format->mime);
}

}  // namespace posy::media
