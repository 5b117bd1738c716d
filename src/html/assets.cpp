#include "html/assets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "base/assert.hpp"

namespace posy::html {
namespace {

constexpr std::pair<std::string_view, std::string_view> media_types[] = {
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".txt", "text/plain; charset=utf-8"},
};

std::string_view media_type_of(std::string_view name) {
  for (auto const& [ending, type] : media_types)
    if (name.ends_with(ending)) return type;
  return "application/octet-stream";
}

// FNV-1a: told apart are two builds of our own file, so nothing stronger is needed.
std::string fingerprint(std::string_view content) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (unsigned char c : content) hash = (hash ^ c) * 0x100000001b3;
  return fmt::format("{:016x}", hash);
}

}  // namespace

Assets::Assets(std::initializer_list<EmbeddedFiles> folders) {
  for (EmbeddedFiles files : folders)
    for (EmbeddedFile const& file : files)
      assets_.push_back({file.name, file.content, media_type_of(file.name), fingerprint(file.content)});
}

Asset const* Assets::find(std::string_view name) const {
  auto found = std::ranges::find(assets_, name, &Asset::name);
  return found == assets_.end() ? nullptr : &*found;
}

std::string Assets::versioned(std::string_view name) const {
  auto const* asset = find(name);
  POSY_ASSERT(asset);
  return fmt::format("{}?v={}", name, asset->version);
}

}  // namespace posy::html
