#include "db/ticket_queue.hpp"

#include <algorithm>
#include <iterator>

namespace posy::db {
namespace {

constexpr std::size_t waiting_max = 65'536;

}  // namespace

void TicketQueue::push(Ticket ticket, Lane lane) {
  std::optional<Failure> failure;
  {
    std::lock_guard lock(mutex_);
    auto& queue = lane == Lane::read_long ? long_waiting_ : waiting_;
    if (stopped_)
      failure.emplace(FailureKind::stopped, "the database is shutting down");
    else if (queue.size() >= waiting_max)
      failure.emplace(FailureKind::busy, "too much work waits for the database");
    else
      queue.push_back({std::move(ticket), lane});
  }
  if (failure) return ticket.answer->give(std::make_exception_ptr(*failure));
  changed_.notify_one();
}

bool TicketQueue::can_take() const {
  return !waiting_.empty() || (!long_waiting_.empty() && long_running_ < long_reads_max_);
}

std::optional<TicketQueue::Job> TicketQueue::take() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return can_take() || (stopped_ && waiting_.empty() && long_waiting_.empty()); });
  if (!can_take()) return {};
  auto& queue = waiting_.empty() ? long_waiting_ : waiting_;
  Job job = std::move(queue.front());
  queue.pop_front();
  if (job.lane == Lane::read_long) ++long_running_;
  return job;
}

void TicketQueue::finished(Lane lane) {
  if (lane != Lane::read_long) return;
  std::lock_guard lock(mutex_);
  --long_running_;
  changed_.notify_all();
}

bool TicketQueue::take_group(std::vector<Ticket>& group, std::size_t max) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return stopped_ || !waiting_.empty(); });
  group.clear();
  while (!waiting_.empty() && group.size() < max) {
    group.push_back(std::move(waiting_.front().ticket));
    waiting_.pop_front();
  }
  return !group.empty();
}

bool TicketQueue::is_empty() const {
  std::lock_guard lock(mutex_);
  return waiting_.empty();
}

void TicketQueue::stop() {
  std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

}  // namespace posy::db
