// A fixed number of threads and a bounded queue, for work that would hold up an I/O loop: password
// hashing, pictures, long reads. A full queue says so at once, so that the caller can answer "try later".
//
// A job must not throw: nobody is there to catch, and the process ends. It catches what it can mend itself.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace posy {

class WorkerPool {
 public:
  enum class Place { first, last };  // in the queue

  // `at_start` runs on each thread before its first job.
  WorkerPool(std::size_t threads, std::size_t queue_max, std::function<void()> at_start = {});
  ~WorkerPool() { stop(); }
  WorkerPool(WorkerPool const&) = delete;
  WorkerPool& operator=(WorkerPool const&) = delete;

  // False when the queue is full or the pool has been stopped; the job is then not run.
  [[nodiscard]] bool try_submit(std::function<void()> job, Place place = Place::last);
  std::size_t waiting() const;
  // Takes no more, runs what is queued, and returns when the last job is done. Not from inside a job.
  void stop();

 private:
  void work() noexcept;

  std::size_t const queue_max_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::mutex joining_;
  std::vector<std::thread> threads_;
};

}  // namespace posy
