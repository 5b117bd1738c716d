// Waits for the disk in a thread of its own, so that the writer goes on meanwhile. A commit of SQLite with
// `synchronous = normal` has only been written to the log; what stands in the log is whole up to where it was
// last synced (sqlite.org/wal.html, "Performance Considerations"). So all that was committed before a sync is
// told of after it, in order.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "db/unit.hpp"

namespace posy::db::sqlite {

// What is told when it is on disk.
struct Committed {
  std::vector<Event> events;
  std::vector<Ticket> tickets;
  std::vector<std::exception_ptr> errors;  // of each ticket: a unit may have failed by itself
};

class LogSync {
 public:
  using Publish = std::function<void(std::span<Event>)>;
  // Brings to disk what was written before the call. When it throws, nobody knows what the disk has: the process
  // ends, and what was not acknowledged is as it was left by the last sync.
  using Sync = std::function<void()>;
  LogSync(Sync sync, Publish publish);
  ~LogSync() { stop(); }

  void add(Committed committed);  // waits while too much waits
  void stop();                    // after what was added

 private:
  void work();

  Sync sync_;
  Publish publish_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Committed> waiting_;
  bool stopped_ = false;
  std::thread thread_;
};

// Syncs the log beside the database `file`.
LogSync::Sync sync_log_of(std::filesystem::path const& file);

}  // namespace posy::db::sqlite
