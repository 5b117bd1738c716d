// The desk, the signed-in web client (web/), as the build has put it into the program (cmake/desk.cmake).
#pragma once

#include <span>
#include <string_view>

namespace posy::html {

struct DeskFile {
  std::string_view name;  // relative to /desk/: "index.html", "assets/main-8a7c.js"
  std::string_view media_type;
  std::string_view version;  // changes with the content
  std::string_view content;
  std::string_view gzip;  // the same compressed; empty where that saves nothing
  std::string_view brotli;
};

std::span<DeskFile const> desk();  // sorted by name; empty when the program was built without web/

}  // namespace posy::html
