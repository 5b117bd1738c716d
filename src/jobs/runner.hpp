// Runs jobs when they are due: one thread, one job after the other.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "db/database.hpp"
#include "jobs/handlers.hpp"

namespace posy::jobs {

class Runner {
 public:
  // The database must outlive this.
  Runner(db::Database& db, Handlers handlers) : db_(db), handlers_(std::move(handlers)) {}
  ~Runner() { stop(); }
  Runner(Runner const&) = delete;
  Runner& operator=(Runner const&) = delete;

  void start();
  void wake();  // looks for work at once; otherwise it looks every second
  void stop();  // finishes the job at hand

  // Runs what is due now, in the calling thread; how many jobs that were.
  int run_due();

 private:
  void work();
  void run(Job const& job);
  bool is_stopping();

  void give_back();

  db::Database& db_;
  Handlers const handlers_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool awake_ = false;
  bool stopping_ = false;
  std::vector<RowId> taken_;  // and neither done nor put back; of the thread
  std::thread thread_;
};

}  // namespace posy::jobs
