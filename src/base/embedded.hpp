// A file that the build put into the program (cmake/embed.cmake).
#pragma once

#include <span>
#include <string_view>

namespace posy {

struct EmbeddedFile {
  std::string_view name;  // relative to the folder: "posy.css"
  std::string_view content;
};

using EmbeddedFiles = std::span<EmbeddedFile const>;  // sorted by name

}  // namespace posy
