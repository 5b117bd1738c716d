// Where finished files are kept, each under a key made of its content: "ab/cdef….jpg".
// The same content has the same key, so two uploads may share a blob: whoever removes one must know that no
// other row names it.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace posy::media {

class BlobStore {
 public:
  virtual ~BlobStore() = default;

  // Moves the file in and gives its key, with the extension that belongs to `mime` (one of formats()). It
  // survives a power cut from when this returns. Putting the same content again is harmless.
  // Throws std::system_error; the file may be lost then, the store stays sound.
  virtual std::string put(std::filesystem::path const& file, std::string_view mime) = 0;

  // Nothing for an unknown key, and for any text that is no key.
  virtual std::optional<std::filesystem::path> path_of(std::string_view key) const = 0;

  // Removing what is not there is done already.
  virtual void remove(std::string_view key) = 0;
};

// "ab/", 62 more hexadecimal digits in lower case, and an extension of formats().
bool is_blob_key(std::string_view text);

// Keeps the blobs as files below `folder`, which is made if missing. Safe from many threads and processes.
std::unique_ptr<BlobStore> open_file_store(std::filesystem::path folder);

}  // namespace posy::media
