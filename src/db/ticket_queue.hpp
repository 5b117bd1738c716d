// Units that wait for a thread of a database. Bounded: what comes when it is full, or after stop(), is
// answered with a Failure at once.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "db/unit.hpp"

namespace posy::db {

class TicketQueue {
 public:
  // So many long reads run at a time, so that they never hold all threads.
  explicit TicketQueue(std::size_t long_reads_max) : long_reads_max_(long_reads_max) {}

  void push(Ticket ticket, Lane lane);

  struct Job {
    Ticket ticket;
    Lane lane;
  };
  // Waits for one. Nothing: the queue is stopped and empty. Call `finished` when the job is answered.
  std::optional<Job> take();
  void finished(Lane lane);

  // Waits, then takes all there are, at most `max`. False: stopped and empty. For a queue without long reads.
  bool take_group(std::vector<Ticket>& group, std::size_t max);
  bool is_empty() const;

  void stop();

 private:
  bool can_take() const;

  std::size_t const long_reads_max_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> waiting_;
  std::deque<Job> long_waiting_;
  std::size_t long_running_ = 0;
  bool stopped_ = false;
};

}  // namespace posy::db
