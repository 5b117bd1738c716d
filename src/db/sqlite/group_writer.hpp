// The one thread that writes. A commit costs something whatever it holds, so all units that wait go into one: a
// savepoint each, one commit, then the answers when it is on disk (log_sync.hpp). A single unit is committed at once;
// meanwhile the next group gathers by itself.
#pragma once

#include <functional>
#include <span>
#include <thread>
#include <vector>

#include "base/id.hpp"
#include "db/sqlite/connection.hpp"
#include "db/sqlite/log_sync.hpp"
#include "db/ticket_queue.hpp"

namespace posy::db::sqlite {

class GroupWriter {
 public:
  GroupWriter(std::unique_ptr<Connection> connection, Clock const& clock, IdMaker& ids, LogSync::Sync sync,
              LogSync::Publish publish);
  ~GroupWriter() { stop(); }

  void submit(Ticket ticket) { queue_.push(std::move(ticket), Lane::write); }
  void stop();

 private:
  void work();
  std::size_t run_group(std::span<Ticket> tickets);
  std::exception_ptr run_unit(Unit& unit);
  std::exception_ptr run_last_works();
  std::exception_ptr commit();
  void checkpoint_if_due();

  std::unique_ptr<Connection> connection_;
  Clock const& clock_;
  IdMaker& ids_;
  LogSync log_;
  TicketQueue queue_{0};
  Group group_;  // being written
  int wal_pages_ = 0;
  int wal_pages_checkpointed_at_ = 0;
  std::thread thread_;
};

}  // namespace posy::db::sqlite
