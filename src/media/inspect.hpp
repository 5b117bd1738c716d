// What an uploaded file is, by its first bytes; its name and what the sender claims do not matter.
// The one table of formats that Posy takes and makes.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace posy::media {

enum class Kind { image, gifv, video, audio };

struct Format {
  std::string_view mime;
  Kind kind;
  std::string_view extension;  // with its dot
  std::string_view demuxer;    // what ffmpeg calls it; empty for what only posy-media reads
};

std::span<Format const> formats();  // for the list that apps ask the server for
Format const* find_format(std::string_view mime);

// Nothing for what is not in the table, and for what cannot be read.
Format const* detect_format(std::filesystem::path const& file);
std::optional<std::string> detect_mime(std::filesystem::path const& file);

}  // namespace posy::media
