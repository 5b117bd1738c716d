// One SQLite file: a thread that writes, a connection for each thread that reads.
#pragma once

#include <atomic>
#include <map>
#include <thread>

#include "db/database.hpp"
#include "db/sqlite/group_writer.hpp"

namespace posy::db::sqlite {

class Database final : public db::Database {
 public:
  Database(std::filesystem::path file, Options const& options, Clock const& clock);
  ~Database() override { stop(); }

  Engine engine() const override { return Engine::sqlite; }
  void backup(std::filesystem::path const& file) override;
  void stop() override;

 protected:
  void submit(Ticket ticket, Lane lane) override;
  bool reads_inline() const override { return true; }
  void read_inline(Unit& unit) override;
  void check_space() const override;

 private:
  Connection& connection_of_this_thread();
  void run_read(Unit& unit);
  void serve_long_reads();

  std::filesystem::path const file_;
  bool const durable_;
  std::atomic<bool> stopped_{false};
  GroupWriter writer_;
  std::mutex mutex_;
  std::map<std::thread::id, std::unique_ptr<Connection>> readers_;  // as many as threads ever read
  TicketQueue long_reads_;
  std::vector<std::thread> long_readers_;
};

}  // namespace posy::db::sqlite
