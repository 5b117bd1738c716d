#include "base/worker_pool.hpp"

#include "base/assert.hpp"

namespace posy {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queue_max, std::function<void()> at_start)
    : queue_max_(queue_max) {
  POSY_ASSERT(threads > 0 && queue_max > 0);
  for (std::size_t i = 0; i < threads; ++i) {
    threads_.emplace_back([this, at_start] {
      if (at_start) at_start();
      work();
    });
  }
}

bool WorkerPool::try_submit(std::function<void()> job, Place place) {
  {
    std::lock_guard lock{mutex_};
    if (stopping_ || queue_.size() >= queue_max_) return false;
    if (place == Place::first) queue_.push_front(std::move(job));
    else queue_.push_back(std::move(job));
  }
  changed_.notify_one();
  return true;
}

std::size_t WorkerPool::waiting() const {
  std::lock_guard lock{mutex_};
  return queue_.size();
}

void WorkerPool::stop() {
  {
    std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  changed_.notify_all();
  // Whoever comes second waits here until the first has joined them all.
  std::lock_guard joining{joining_};
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

// noexcept: an exception that left a job ends the process at its place.
void WorkerPool::work() noexcept {
  while (true) {
    std::function<void()> job;
    {
      std::unique_lock lock{mutex_};
      changed_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      job = std::move(queue_.front());
      queue_.pop_front();
    }
    job();
  }
}

}  // namespace posy
