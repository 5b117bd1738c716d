#include "db/postgres/database.hpp"

#include <fmt/format.h>

#include <random>

#include "base/assert.hpp"

namespace posy::db::postgres {
namespace {

constexpr int attempts_max = 12;
constexpr int reconnections_max =
    2;  // one because the old connection turned out to be stale, one while at work
constexpr int attempt_pause_ms = 4;  // times the number of attempts, at most
constexpr auto long_read_timeout = "15min";

// Those who met must not meet again at the same step.
void pause_before(int attempt) {
  thread_local std::minstd_rand random{std::random_device{}()};
  std::uniform_int_distribution<int> pause_ms(0, attempt * attempt_pause_ms);
  std::this_thread::sleep_for(std::chrono::milliseconds(pause_ms(random)));
}

}  // namespace

Database::Database(Options const& options, Clock const& clock)
    : db::Database(options, clock), queue_(static_cast<std::size_t>(std::max(1, options.pool / 2))) {
  for (int i = 0; i < std::max(1, options.pool); ++i)
    connections_.push_back(std::make_unique<Connection>(options.url, options.durable, statements_));
  connections_.front()->connect();
  for (auto& connection : connections_) threads_.emplace_back([this, &c = *connection] { serve(c); });
}

void Database::serve(Connection& connection) {
  while (auto job = queue_.take()) {
    std::exception_ptr error;
    try {
      run(connection, *job->ticket.unit, job->lane);
    } catch (...) {
      error = std::current_exception();
    }
    queue_.finished(job->lane);
    job->ticket.answer->give(std::move(error));
  }
}

void Database::run(Connection& connection, Unit& unit, Lane lane) {
  int reconnections = 0;
  for (int attempt = 1;; ++attempt) {
    bool committing = false;
    connection.connect();
    try {
      if (lane == Lane::write) return run_write(connection, unit, committing);
      return run_read(connection, unit, lane);
    } catch (Failure const&) {
      bool const lost = connection.is_lost();
      // A connection that broke while it was idle shows only now. During a commit nobody knows the outcome.
      bool const may_reconnect = lost && !committing && reconnections < reconnections_max;
      bool const may_repeat = !lost && lane == Lane::write &&
                              ((connection.met_others() && attempt < attempts_max) ||
                               (connection.met_twin() && attempt == 1));
      if (!lost) connection.rollback();
      if (!may_reconnect && !may_repeat) throw;
      reconnections += lost;
    } catch (...) {
      connection.rollback();
      throw;
    }
    pause_before(attempt);
  }
}

void Database::run_read(Connection& connection, Unit& unit, Lane lane) {
  Group nothing;
  Writer w(connection, clock_.now(), ids_, nothing, epoch());
  if (lane == Lane::read) return unit.run(w);
  // An export is of one moment, and may take its time.
  connection.execute("begin isolation level repeatable read read only");
  connection.execute(fmt::format("set local statement_timeout = '{}'", long_read_timeout));
  unit.run(w);
  connection.commit();
}

void Database::run_write(Connection& connection, Unit& unit, bool& committing) {
  Group group;
  connection.begin();
  Writer w(connection, clock_.now(), ids_, group);
  unit.run(w);
  for (std::size_t i = 0; i < group.last_works.size(); ++i) std::exchange(group.last_works[i], {})(w);
  committing = true;
  connection.commit();
  std::lock_guard lock(publishing_);
  publish(group.events);
}

void Database::read_inline(Unit&) {
  POSY_ASSERT(!"reads of PostgreSQL go through the pool");
}

void Database::backup(std::filesystem::path const&) {
  throw Failure(FailureKind::mistake, "The database is on PostgreSQL: back it up with pg_dump.");
}

void Database::stop() {
  queue_.stop();
  for (auto& thread : threads_)
    if (thread.joinable()) thread.join();
}

}  // namespace posy::db::postgres
