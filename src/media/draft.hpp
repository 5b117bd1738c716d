// A file that is being made. Unless it is kept, it is removed again, so that no failure leaves litter.
#pragma once

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "base/random.hpp"

namespace posy::media {

class Draft {
 public:
  Draft(std::filesystem::path const& folder, std::string_view extension)
      : path_(folder / (random_token(16) + std::string(extension))) {}
  Draft(Draft&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Draft& operator=(Draft&&) = delete;
  ~Draft() {
    // Nothing to do about a file that cannot be removed: the work folder goes as a whole later.
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove(path_, ignored);
  }

  std::filesystem::path const& path() const { return path_; }
  // Its name tells its format once that is known.
  void add_extension(std::string_view extension) {
    auto named = path_;
    named += extension;
    std::filesystem::rename(path_, named);
    path_ = std::move(named);
  }
  std::filesystem::path keep() { return std::exchange(path_, {}); }

 private:
  std::filesystem::path path_;
};

}  // namespace posy::media
