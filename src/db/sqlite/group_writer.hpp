// The one thread that writes. A commit costs a wait for the disk whatever it holds, so all units that wait
// go into one: a savepoint each, one commit, then the answers. A single unit is committed at once; while it
// waits for the disk the next group gathers by itself.
#pragma once

#include <functional>
#include <span>
#include <thread>
#include <vector>

#include "base/id.hpp"
#include "db/sqlite/connection.hpp"
#include "db/ticket_queue.hpp"

namespace posy::db::sqlite {

class GroupWriter {
 public:
  using Publish = std::function<void(std::span<Event>)>;
  GroupWriter(std::unique_ptr<Connection> connection, Clock const& clock, IdMaker& ids, Publish publish);
  ~GroupWriter() { stop(); }

  void submit(Ticket ticket) { queue_.push(std::move(ticket), Lane::write); }
  void stop();

 private:
  void work();
  std::size_t run_group(std::span<Ticket> tickets);
  std::exception_ptr run_unit(Unit& unit);
  std::exception_ptr commit();
  void checkpoint_if_due();

  std::unique_ptr<Connection> connection_;
  Clock const& clock_;
  IdMaker& ids_;
  Publish publish_;
  TicketQueue queue_{0};
  std::vector<Event> events_;  // of the group being written
  int wal_pages_ = 0;
  int wal_pages_checkpointed_at_ = 0;
  std::thread thread_;
};

}  // namespace posy::db::sqlite
