// A PostgreSQL server behind a pool: each thread has its connection and takes what waits, one unit at a time.
#pragma once

#include <thread>
#include <vector>

#include "db/database.hpp"
#include "db/postgres/connection.hpp"
#include "db/ticket_queue.hpp"

namespace posy::db::postgres {

class Database final : public db::Database {
 public:
  // Connects once, so that a wrong address shows at start-up.
  Database(Options const& options, Clock const& clock);
  ~Database() override { stop(); }

  Engine engine() const override { return Engine::postgres; }
  void backup(std::filesystem::path const& file) override;
  void stop() override;

 protected:
  void submit(Ticket ticket, Lane lane) override { queue_.push(std::move(ticket), lane); }
  bool reads_inline() const override { return false; }
  void read_inline(Unit& unit) override;

 private:
  void serve(Connection& connection);
  void run(Connection& connection, Unit& unit, Lane lane);
  void run_read(Connection& connection, Unit& unit, Lane lane);
  // Says in `committing` how far it came, for the decision whether to try again.
  void run_write(Connection& connection, Unit& unit, bool& committing);

  TicketQueue queue_;
  std::mutex publishing_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::vector<std::thread> threads_;
};

}  // namespace posy::db::postgres
