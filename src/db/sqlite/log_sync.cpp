#include "db/sqlite/log_sync.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <system_error>

#include "base/log.hpp"

namespace posy::db::sqlite {
namespace {

constexpr std::size_t waiting_max = 64;

[[noreturn]] void fail(std::string const& what) { throw std::system_error(errno, std::generic_category(), what); }

class File {
 public:
  explicit File(std::filesystem::path const& path) : handle_(::open(path.c_str(), O_RDWR | O_CLOEXEC)) {
    if (handle_ < 0) fail("opening " + path.string());
  }
  ~File() { ::close(handle_); }
  File(File const&) = delete;
  File& operator=(File const&) = delete;

  void sync() {
    if (::fdatasync(handle_) != 0) fail("syncing the log of the database");
  }

 private:
  int handle_;
};

}  // namespace

LogSync::LogSync(Sync sync, Publish publish) : sync_(std::move(sync)), publish_(std::move(publish)) {
  thread_ = std::thread([this] { work(); });
}

void LogSync::add(Committed committed) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiting_.size() < waiting_max; });
  waiting_.push_back(std::move(committed));
  changed_.notify_all();
}

void LogSync::stop() {
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void LogSync::work() {
  for (;;) {
    std::vector<Committed> groups;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopped_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      groups.swap(waiting_);
    }
    changed_.notify_all();
    try {
      sync_();
    } catch (std::exception const& error) {
      // What the kernel could not write it forgets: a second try would succeed, and say nothing true.
      log::error("database: {}; the server ends, so that nothing is acknowledged that may be lost", error.what());
      std::abort();
    }
    for (auto& group : groups) {
      publish_(group.events);
      for (std::size_t i = 0; i < group.tickets.size(); ++i)
        group.tickets[i].answer->give(std::move(group.errors[i]));
    }
  }
}

LogSync::Sync sync_log_of(std::filesystem::path const& file) {
  // The log is there after the first commit only, and stays as long as the writer's connection.
  auto log = std::make_shared<std::optional<File>>();
  return [log, path = file.string() + "-wal"] {
    if (!*log) log->emplace(path);
    (*log)->sync();
  };
}

}  // namespace posy::db::sqlite
