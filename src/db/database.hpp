// The database as coroutines see it: `co_await db.read(fn)`, `co_await db.write(fn)`. A unit of work is a
// plain function over a Reader or a Writer, with no wait inside.
//
// SQLite: a read runs at once on the calling thread, on that thread's own connection, and sees one snapshot.
// Writes of all callers meet in one thread that puts those which wait into one transaction, each in a
// savepoint: a unit that throws takes back only itself. A caller goes on after the commit is on disk.
// PostgreSQL: a pool of connections, each with its thread. A write is one transaction; in a read each
// statement has its own snapshot (in read_long, all have one). A unit may run more than once (after a
// deadlock, or on a new connection when the old one broke), so it changes nothing but the database and what
// it returns.
//
// A result or exception arrives on the executor of the coroutine. A unit that is queued is run even if nobody
// waits any more. Call stop() before an io_context is destroyed whose coroutines used this: a thread of the
// database may still be at work on handing over the last answer.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/task.hpp"
#include "base/time.hpp"
#include "db/access.hpp"
#include "db/unit.hpp"

namespace posy::db {

struct Options {
  std::string url;              // sqlite:/path/posy.db, sqlite:posy.db, or postgres://...
  int pool = 8;                 // PostgreSQL: connections
  int read_threads = 2;         // SQLite: threads for read_long
  bool durable = true;          // false, for tests: a commit does not wait for the disk
  bool log_statements = false;  // for tests: keep what prepared_statements() returns
};

class Database {
 public:
  virtual ~Database() = default;
  Database(Database const&) = delete;
  Database& operator=(Database const&) = delete;

  // R fn(Reader&), in a bounded time: pages, rows by id.
  template <class F>
  Task<std::invoke_result_t<F&, Reader&>> read(F fn) {
    FunctionUnit<F, Reader> unit(std::move(fn));
    if (reads_inline()) {
      read_inline(unit);
    } else {
      Task<> done = pass(unit, Lane::read);
      co_await std::move(done);
    }
    co_return unit.take();
  }

  // R fn(Reader&) that may take long (search, export): on a thread where nobody else waits for it.
  template <class F>
  Task<std::invoke_result_t<F&, Reader&>> read_long(F fn) {
    FunctionUnit<F, Reader> unit(std::move(fn));
    Task<> done = pass(unit, Lane::read_long);
    co_await std::move(done);
    co_return unit.take();
  }

  // R fn(Writer&).
  template <class F>
  Task<std::invoke_result_t<F&, Writer&>> write(F fn) {
    FunctionUnit<F, Writer> unit(std::move(fn));
    Task<> done = pass(unit, Lane::write);
    co_await std::move(done);
    co_return unit.take();
  }

  // The same for commands, tests and start-up: they block, and must not be called inside a unit.
  template <class F>
  std::invoke_result_t<F&, Reader&> read_now(F fn) {
    FunctionUnit<F, Reader> unit(std::move(fn));
    if (reads_inline())
      read_inline(unit);
    else
      pass_now(unit, Lane::read);
    return unit.take();
  }
  template <class F>
  std::invoke_result_t<F&, Writer&> write_now(F fn) {
    FunctionUnit<F, Writer> unit(std::move(fn));
    pass_now(unit, Lane::write);
    return unit.take();
  }

  // Told the events of each commit before its callers go on; on a thread of the database, one call at a time.
  // Must not throw, block, or use the database. Set before use.
  void on_commit(std::function<void(std::span<Event const>)> observer) { observer_ = std::move(observer); }

  // Ids go on behind this one, also while the clock stands before it.
  void skip_ids(std::int64_t id) { ids_.skip(id); }

  virtual Engine engine() const = 0;

  // A consistent copy of the whole, while work goes on. Refuses a file that exists; leaves none on failure.
  // On PostgreSQL a Failure that names the tool for it.
  virtual void backup(std::filesystem::path const& file) = 0;

  // For health checks: throws Failure unless the schema can be read and a (vain) change be committed.
  Task<> check();
  void check_now();

  // Takes no more, finishes what is queued, and ends the threads.
  virtual void stop() = 0;

  // With Options::log_statements: every statement that was prepared, once.
  std::vector<PreparedStatement> prepared_statements() const { return statements_.all(); }

 protected:
  Database(Options const& options, Clock const& clock)
      : clock_(clock), ids_(clock), statements_(options.log_statements) {}

  virtual void submit(Ticket ticket, Lane lane) = 0;
  virtual bool reads_inline() const = 0;
  virtual void read_inline(Unit& unit) = 0;
  virtual void check_space() const {}
  void publish(std::span<Event> events) noexcept;
  // To be taken before a snapshot begins.
  std::uint64_t epoch() const { return epoch_.load(std::memory_order_acquire); }

  Clock const& clock_;
  IdMaker ids_;
  StatementLog statements_;

 private:
  std::atomic<std::uint64_t> epoch_{1};
  Task<> pass(Unit& unit, Lane lane);
  void pass_now(Unit& unit, Lane lane);

  std::function<void(std::span<Event const>)> observer_;
};

std::unique_ptr<Database> open(Options const& options, Clock const& clock);

}  // namespace posy::db
