// The kernel's walls around a child process. What runs between fork and exec calls only async-signal-safe
// functions and allocates nothing; everything that allocates is prepared before the fork.
#pragma once

#include "media/subprocess.hpp"

namespace posy::media {

// The folders and files that the child may use, as a Landlock rule set (landlock(7)).
class FileWall {
 public:
  explicit FileWall(Confinement const& confinement);
  ~FileWall();
  FileWall(FileWall const&) = delete;
  FileWall& operator=(FileWall const&) = delete;

  bool exists() const { return rules_ >= 0; }  // false on kernels without Landlock
  bool enter() const noexcept;

 private:
  int rules_ = -1;
};

// In the child: limits, no new privileges, the file wall, the system call filter. False when a wall that
// must stand does not.
bool enter_sandbox(Confinement const& confinement, FileWall const& wall) noexcept;

}  // namespace posy::media
