// Puts what comes in on disk, many at once: whatever has arrived while the disk was busy goes into one transaction,
// and each caller goes on when that is committed. One transaction also means that the row of a server that sends much
// is touched once for all of it, and by nobody else at the time.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "base/task.hpp"
#include "db/database.hpp"
#include "store/received.hpp"

namespace posy::federation {

class Keeper {
 public:
  // `noted` is told of the queues that have grown, on the thread of this.
  Keeper(db::Database& database, std::function<void(std::span<store::Sender const>)> noted);
  ~Keeper() { stop(); }
  Keeper(Keeper const&) = delete;
  Keeper& operator=(Keeper const&) = delete;

  void start();
  // What was given before is still kept.
  void stop();

  // True when it is on disk; false: it was before. Throws what kept it from being kept, and db::Failure when too
  // many wait or after stop().
  Task<bool> keep(store::Received received);

 private:
  struct Waiting {
    store::Received received;
    std::function<void(std::exception_ptr, bool)> answer;
  };

  void work();
  void keep_all(std::vector<Waiting>& batch);
  void keep_each(std::vector<Waiting>& batch);

  db::Database& database_;
  std::function<void(std::span<store::Sender const>)> noted_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Waiting> waiting_;
  bool stopped_ = true;
  std::thread thread_;
};

}  // namespace posy::federation
