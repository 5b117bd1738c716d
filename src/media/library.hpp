// libvips, started once and ended once a process. Whoever uses the rest of this folder keeps one alive.
#pragma once

namespace posy::media {

class Library {
 public:
  Library();  // throws std::runtime_error when libvips does not start
  ~Library();
  Library(Library const&) = delete;
  Library& operator=(Library const&) = delete;
};

}  // namespace posy::media
