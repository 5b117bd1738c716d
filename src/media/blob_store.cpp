#include "media/blob_store.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <system_error>

#include "base/assert.hpp"
#include "base/encoding.hpp"
#include "media/draft.hpp"
#include "media/inspect.hpp"

namespace posy::media {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t hex_digits = 64;  // of SHA-256
constexpr auto leftover_age = std::chrono::hours(24);

[[noreturn]] void fail(fs::path const& path) {
  throw std::system_error(errno, std::generic_category(), path.string());
}

std::string sha256_hex(fs::path const& file) {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  std::ifstream in(file, std::ios::binary);
  if (!in) fail(file);
  POSY_ASSERT(context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1);
  std::array<char, 64 * 1024> buffer;
  while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0) {
    POSY_ASSERT(EVP_DigestUpdate(context.get(), buffer.data(), static_cast<std::size_t>(in.gcount())) == 1);
  }
  if (in.bad()) fail(file);
  unsigned char digest[32];
  POSY_ASSERT(EVP_DigestFinal_ex(context.get(), digest, nullptr) == 1);
  return to_hex({reinterpret_cast<char const*>(digest), sizeof digest});
}

// Puts a file's content or a folder's names on the disk.
void make_durable(fs::path const& path) {
  int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) fail(path);
  int failed = fsync(file);
  int cause = errno;
  close(file);
  errno = cause;
  if (failed) fail(path);
}

class FileStore final : public BlobStore {
 public:
  explicit FileStore(fs::path folder) : folder_(std::move(folder)), incoming_(folder_ / "incoming") {
    fs::create_directories(incoming_);
    make_durable(folder_);
    remove_leftovers();
  }

  std::string put(fs::path const& file, std::string_view mime) override {
    auto format = find_format(mime);
    POSY_ASSERT(format != nullptr);
    // A rename works within one file system only, so the file first comes to this one.
    Draft draft(incoming_, format->extension);
    bring(file, draft.path());
    fs::permissions(draft.path(), fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
    make_durable(draft.path());

    std::string key = sha256_hex(draft.path()).insert(2, "/") + std::string(format->extension);
    fs::path place = folder_ / key;
    if (fs::create_directory(place.parent_path())) make_durable(folder_);
    fs::rename(draft.path(), place);
    draft.keep();
    make_durable(place.parent_path());
    return key;
  }

  std::optional<fs::path> path_of(std::string_view key) const override {
    if (!is_blob_key(key)) return {};
    fs::path place = folder_ / key;
    std::error_code error;
    if (!fs::is_regular_file(fs::symlink_status(place, error))) return {};
    return place;
  }

  void remove(std::string_view key) override {
    if (is_blob_key(key)) fs::remove(folder_ / key);
  }

 private:
  static void bring(fs::path const& file, fs::path const& to) {
    std::error_code error;
    fs::rename(file, to, error);
    if (!error) return;
    if (error != std::errc::cross_device_link) throw fs::filesystem_error("put", file, to, error);
    fs::copy_file(file, to);
    fs::remove(file);
  }

  // What a killed process was bringing in. Younger ones may be another process's work right now.
  void remove_leftovers() {
    auto oldest = fs::file_time_type::clock::now() - leftover_age;
    for (auto const& entry : fs::directory_iterator(incoming_)) {
      std::error_code gone;
      if (auto written = entry.last_write_time(gone); !gone && written < oldest)
        fs::remove(entry.path(), gone);
    }
  }

  fs::path folder_;
  fs::path incoming_;
};

}  // namespace

bool is_blob_key(std::string_view text) {
  if (text.size() <= hex_digits + 1 || text[2] != '/') return false;
  for (std::size_t i = 0; i < hex_digits + 1; ++i) {
    bool is_hex = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f');
    if (i != 2 && !is_hex) return false;
  }
  return std::ranges::find(formats(), text.substr(hex_digits + 1), &Format::extension) != formats().end();
}

std::unique_ptr<BlobStore> open_file_store(fs::path folder) {
  return std::make_unique<FileStore>(std::move(folder));
}

}  // namespace posy::media
