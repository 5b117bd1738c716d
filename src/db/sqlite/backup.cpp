#include "db/sqlite/backup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "db/sqlite/connection.hpp"

namespace posy::db::sqlite {
namespace {

[[noreturn]] void fail_file(std::filesystem::path const& file) {
  int error = errno;
  throw Failure(error == ENOSPC ? FailureKind::full : FailureKind::other,
                fmt::format("{}: {}", file.string(), std::generic_category().message(error)));
}

class PartialFile {
 public:
  explicit PartialFile(std::filesystem::path file) : file_(std::move(file)) {
    std::filesystem::remove(file_);  // left by a copy that was killed
    // It holds all that is private: nobody else on the machine may read it.
    int made = ::open(file_.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (made < 0) fail_file(file_);
    ::close(made);
  }
  ~PartialFile() {
    std::error_code ignored;  // after the link there is nothing left to do, whatever remains
    std::filesystem::remove(file_, ignored);
  }
  PartialFile(PartialFile const&) = delete;
  PartialFile& operator=(PartialFile const&) = delete;

  std::filesystem::path const& path() const { return file_; }

  // Unlike a rename, a link never replaces a file that appeared meanwhile.
  void publish_as(std::filesystem::path const& name) {
    sync(file_);
    if (::link(file_.c_str(), name.c_str()) != 0) fail_file(name);
    sync(std::filesystem::absolute(name).parent_path());
  }

 private:
  static void sync(std::filesystem::path const& path) {
    int opened = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (opened < 0) fail_file(path);
    bool failed = ::fsync(opened) != 0;
    int error = errno;
    ::close(opened);
    errno = error;
    if (failed) fail_file(path);
  }

  std::filesystem::path file_;
};

}  // namespace

void copy_database(std::filesystem::path const& from, std::filesystem::path const& to) {
  if (std::filesystem::exists(to))
    throw Failure(FailureKind::other, fmt::format("{} exists already", to.string()));
  PartialFile part(to.string() + ".part");
  {
    Handle source = open_handle(from, SQLITE_OPEN_READWRITE);
    Handle target = open_handle(part.path(), SQLITE_OPEN_READWRITE);
    auto* backup = sqlite3_backup_init(target.get(), "main", source.get(), "main");
    if (!backup) fail(target.get(), "backup");
    // All in one step: one snapshot, and in WAL mode writers go on meanwhile.
    sqlite3_backup_step(backup, -1);
    if (sqlite3_backup_finish(backup) != SQLITE_OK) fail(target.get(), "backup");
    // Out of WAL mode: the copy is one file, and can be read where nothing may be written.
    if (sqlite3_exec(target.get(), "pragma journal_mode = delete", nullptr, nullptr, nullptr) != SQLITE_OK)
      fail(target.get(), "backup");
  }
  part.publish_as(to);
}

}  // namespace posy::db::sqlite
