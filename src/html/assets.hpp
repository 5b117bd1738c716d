// Style sheet and pictures that every page shares, compiled into the program.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.hpp"

namespace posy::html {

// The folders assets/ and templates/ of this library, embedded by the build (cmake/embed.cmake).
EmbeddedFiles assets();
EmbeddedFiles templates();

struct Asset {
  std::string_view name;
  std::string_view content;
  std::string_view media_type;  // "text/css; charset=utf-8"
  std::string version;          // changes with the content: "posy.css?v=VERSION" may be cached for ever
};

class Assets {
 public:
  explicit Assets(std::initializer_list<EmbeddedFiles> folders);

  // Null when there is none of that name. The asset lives as long as this object.
  Asset const* find(std::string_view name) const;
  // "posy.css?v=VERSION"; the name must be known.
  std::string versioned(std::string_view name) const;

 private:
  std::vector<Asset> assets_;
};

}  // namespace posy::html
