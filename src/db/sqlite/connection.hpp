// A connection to the SQLite file. One thread at a time.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "db/connection.hpp"
#include "db/failure.hpp"
#include "db/statement_cache.hpp"
#include "db/unit.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace posy::db::sqlite {

struct CloseHandle {
  void operator()(sqlite3* handle) const;
};
struct FinishStatement {
  void operator()(sqlite3_stmt* statement) const;
};
using Handle = std::unique_ptr<sqlite3, CloseHandle>;

struct Statement {
  std::unique_ptr<sqlite3_stmt, FinishStatement> handle;
  int columns = 0;
  bool only_reads = false;
  bool in_use = false;
};

// `flags` as for sqlite3_open_v2. Throws Failure.
Handle open_handle(std::filesystem::path const& file, int flags);
// What went wrong last on this handle.
[[noreturn]] void fail(sqlite3* handle, std::string_view doing);

class Connection final : public db::Connection {
 public:
  enum class Mode { read, write };
  // In write mode makes the file if it is not there, and refuses one that another program wrote.
  Connection(std::filesystem::path const& file, Mode mode, bool durable, StatementLog& log);

  Engine engine() const override { return Engine::sqlite; }
  void query(std::string_view sql, Shape const& shape, std::span<Value const> values, RowSink sink) override;
  std::int64_t run(std::string_view sql, Shape const& shape, std::span<Value const> values) override;
  void execute(std::string_view sql) override;
  std::vector<std::string> explain(std::string_view sql, Shape const& shape,
                                   std::span<Value const> values) override;
  std::vector<std::string> explain(PreparedStatement const& statement) override;

  // A transaction: for reading one snapshot, for writing with the lock from its start.
  void begin() { control(begin_); }
  void commit() { control(commit_); }
  void rollback() { control(rollback_); }
  void savepoint() { control(savepoint_); }
  void release_savepoint() { control(release_); }
  void rollback_to_savepoint();
  bool in_transaction() const;

  sqlite3* handle() { return handle_.get(); }

 private:
  void configure(Mode mode, bool durable);
  void claim_file();
  Statement prepare(std::string_view sql, bool keep);
  void control(Statement& statement);
  void bind(sqlite3_stmt* statement, std::span<Value const> values);
  // Runs `work(statement)` with the cached statement, or with another one while that is in use.
  template <class Work>
  void with_statement(std::string_view sql, Shape const& shape, std::span<Value const> values, Work work);

  Handle handle_;
  StatementLog& log_;
  StatementCache<Statement> cache_;
  Statement begin_, commit_, rollback_, savepoint_, release_, rollback_to_;
  std::string list_;  // a bound list as text; its memory is kept for the next
};

}  // namespace posy::db::sqlite
