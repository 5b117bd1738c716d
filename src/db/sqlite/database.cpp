#include "db/sqlite/database.hpp"

#include <sqlite3.h>

#include "base/assert.hpp"
#include "db/sqlite/backup.hpp"

namespace posy::db::sqlite {
namespace {

// Less than this and the next groups may not fit: SQLite's log alone may take as much.
constexpr std::uintmax_t free_bytes_min = 16 * 1024 * 1024;

std::unique_ptr<Connection> open_writer(std::filesystem::path const& file, bool durable, StatementLog& log) {
  return std::make_unique<Connection>(file, Connection::Mode::write, durable, log);
}

// A read transaction that ends in any case: a forgotten one would keep the log from ever being shortened.
class Snapshot {
 public:
  explicit Snapshot(Connection& connection) : connection_(connection) {
    // SQLite has no transaction within another, and a read has no need of one.
    POSY_ASSERT(!connection.in_transaction());
    connection_.begin();
  }
  ~Snapshot() {
    if (connection_.in_transaction()) connection_.rollback();
  }
  Snapshot(Snapshot const&) = delete;
  Snapshot& operator=(Snapshot const&) = delete;

 private:
  Connection& connection_;
};

}  // namespace

Database::Database(std::filesystem::path file, Options const& options, Clock const& clock)
    : db::Database(options, clock),
      file_(std::move(file)),
      durable_(options.durable),
      writer_(open_writer(file_, durable_, statements_), clock_, ids_,
              durable_ ? sync_log_of(file_) : LogSync::Sync([] {}),
              [this](std::span<Event> events) { publish(events); }),
      long_reads_(static_cast<std::size_t>(options.read_threads)) {
  for (int i = 0; i < options.read_threads; ++i) long_readers_.emplace_back([this] { serve_long_reads(); });
}

void Database::submit(Ticket ticket, Lane lane) {
  if (lane == Lane::write)
    writer_.submit(std::move(ticket));
  else
    long_reads_.push(std::move(ticket), Lane::read_long);
}

Connection& Database::connection_of_this_thread() {
  std::lock_guard lock(mutex_);
  auto& connection = readers_[std::this_thread::get_id()];
  if (!connection)
    connection = std::make_unique<Connection>(file_, Connection::Mode::read, durable_, statements_);
  return *connection;
}

void Database::read_inline(Unit& unit) {
  if (stopped_) throw Failure(FailureKind::stopped, "the database is shutting down");
  run_read(unit);
}

void Database::run_read(Unit& unit) {
  Connection& connection = connection_of_this_thread();
  auto const epoch = this->epoch();  // before the snapshot
  Snapshot snapshot(connection);
  Group nothing;
  Writer w(connection, clock_.now(), ids_, nothing, epoch);
  unit.run(w);
}

void Database::serve_long_reads() {
  while (auto job = long_reads_.take()) {
    std::exception_ptr error;
    try {
      run_read(*job->ticket.unit);
    } catch (...) {
      error = std::current_exception();
    }
    long_reads_.finished(job->lane);
    job->ticket.answer->give(std::move(error));
  }
}

void Database::check_space() const {
  std::error_code error;
  auto space = std::filesystem::space(std::filesystem::absolute(file_).parent_path(), error);
  if (error) throw Failure(FailureKind::other, "the folder of the database: " + error.message());
  if (space.available < free_bytes_min) throw Failure(FailureKind::full, "the disk of the database is full");
}

void Database::backup(std::filesystem::path const& file) {
  copy_database(file_, file);
}

void Database::stop() {
  stopped_ = true;
  writer_.stop();
  long_reads_.stop();
  for (auto& thread : long_readers_)
    if (thread.joinable()) thread.join();
}

}  // namespace posy::db::sqlite
