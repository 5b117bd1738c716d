// libvips, started once and ended once a process. Whoever uses image.hpp keeps one alive.
#pragma once

#include <string_view>

namespace posy::media {

class Library {
 public:
  // With the decoder of `mime`, the type of the upload, and the plain ones. Throws std::runtime_error.
  explicit Library(std::string_view mime);
  ~Library();
  Library(Library const&) = delete;
  Library& operator=(Library const&) = delete;
};

}  // namespace posy::media
