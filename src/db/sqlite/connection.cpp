#include "db/sqlite/connection.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include "db/expand.hpp"
#include "db/list_text.hpp"

namespace posy::db::sqlite {
namespace {

constexpr int application_id = 0x506f7379;  // "Posy"
constexpr int busy_timeout_ms = 10'000;     // another program, such as `posy account create`

FailureKind kind_of(int extended) {
  switch (extended) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return FailureKind::unique;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return FailureKind::foreign_key;
  }
  switch (extended & 0xff) {
    case SQLITE_CONSTRAINT:
      return FailureKind::constraint;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return FailureKind::busy;
    case SQLITE_FULL:
      return FailureKind::full;
    case SQLITE_ERROR:
    case SQLITE_RANGE:
    case SQLITE_MISUSE:
      return FailureKind::mistake;
  }
  return FailureKind::other;
}

class StatementRow final : public Row {
 public:
  explicit StatementRow(sqlite3_stmt* statement) : statement_(statement) {}

  bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::int64_t integer(int column) const override {
    if (sqlite3_column_type(statement_, column) != SQLITE_INTEGER) wrong_type(column, "an integer");
    return sqlite3_column_int64(statement_, column);
  }
  double real(int column) const override {
    int type = sqlite3_column_type(statement_, column);
    if (type != SQLITE_FLOAT && type != SQLITE_INTEGER) wrong_type(column, "a number");
    return sqlite3_column_double(statement_, column);
  }
  std::string_view text(int column) const override {
    if (sqlite3_column_type(statement_, column) != SQLITE_TEXT) wrong_type(column, "a text");
    auto data = reinterpret_cast<char const*>(sqlite3_column_text(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  [[noreturn]] void wrong_type(int column, std::string_view wanted) const {
    throw Failure(FailureKind::mistake,
                  fmt::format("column {} ({}) is not {}: {}", column + 1,
                              sqlite3_column_name(statement_, column), wanted, sqlite3_sql(statement_)));
  }

  sqlite3_stmt* statement_;
};

// Ready for its next use, whatever ended this one; forgets the caller's memory.
class Use {
 public:
  explicit Use(Statement& statement) : statement_(statement) { statement_.in_use = true; }
  ~Use() {
    sqlite3_reset(statement_.handle.get());
    sqlite3_clear_bindings(statement_.handle.get());
    statement_.in_use = false;
  }
  Use(Use const&) = delete;
  Use& operator=(Use const&) = delete;

 private:
  Statement& statement_;
};

// True: there is a row.
bool step(sqlite3* handle, sqlite3_stmt* statement) {
  int result = sqlite3_step(statement);
  if (result == SQLITE_ROW) return true;
  if (result != SQLITE_DONE) fail(handle, sqlite3_sql(statement));
  return false;
}

}  // namespace

void CloseHandle::operator()(sqlite3* handle) const {
  sqlite3_close_v2(handle);
}
void FinishStatement::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

void fail(sqlite3* handle, std::string_view doing) {
  throw Failure(kind_of(sqlite3_extended_errcode(handle)),
                fmt::format("SQLite: {} ({})", sqlite3_errmsg(handle), doing));
}

Handle open_handle(std::filesystem::path const& file, int flags) {
  // Counting every allocation would make all threads queue for one lock.
  [[maybe_unused]] static int const once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3* raw = nullptr;
  int result = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Handle handle(raw);
  if (!handle) throw Failure(FailureKind::other, "SQLite: no memory");
  if (result != SQLITE_OK) fail(raw, "open " + file.string());
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_busy_timeout(raw, busy_timeout_ms);
  return handle;
}

Connection::Connection(std::filesystem::path const& file, Mode mode, bool durable, StatementLog& log)
    : log_(log) {
  if (mode == Mode::write) {
    // Made here so that nobody else on the machine can read it; SQLite gives its other files the same mode.
    int made = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (made >= 0) ::close(made);
  }
  handle_ = open_handle(file, SQLITE_OPEN_READWRITE);
  if (mode == Mode::write) claim_file();
  configure(mode, durable);
  begin_ = prepare(mode == Mode::write ? "begin immediate" : "begin", true);
  commit_ = prepare("commit", true);
  rollback_ = prepare("rollback", true);
  savepoint_ = prepare("savepoint unit", true);
  release_ = prepare("release unit", true);
  rollback_to_ = prepare("rollback to unit", true);
}

void Connection::claim_file() {
  auto number = [&](std::string_view sql) {
    Statement statement = prepare(sql, false);
    step(handle(), statement.handle.get());
    return StatementRow(statement.handle.get()).integer(0);
  };
  execute("pragma journal_mode = wal");
  execute("begin immediate");
  std::int64_t owner = number("pragma application_id");
  bool is_new = owner == 0 && number("select count(*) from sqlite_schema") == 0;
  if (owner != application_id && !is_new)
    throw Failure(FailureKind::mistake, "This file is a database of another program.");
  if (is_new) execute(fmt::format("pragma application_id = {}", application_id));
  execute("commit");
}

void Connection::configure(Mode mode, bool durable) {
  // Commits are brought to disk by LogSync; a checkpoint still is by SQLite.
  execute(durable ? "pragma synchronous = normal" : "pragma synchronous = off");
  execute("pragma foreign_keys = on");
  execute("pragma cell_size_check = on");
  execute("pragma temp_store = memory");
  // Small for readers: the kernel keeps the file's pages anyway, and what each connection holds counts as ours. The file
  // is not mapped: SQLite takes the map away whenever somebody has written, and the page faults of the next read cost
  // more than its rows.
  // A writer whose changed pages do not fit would write them twice.
  execute(mode == Mode::read ? "pragma cache_size = -1024" : "pragma cache_size = -16384");
  execute("pragma journal_size_limit = 67108864");
  if (mode == Mode::read) {
    execute("pragma query_only = on");
    execute("pragma trusted_schema = off");  // a writer trusts it: triggers feed the full-text index
  } else {
    sqlite3_wal_autocheckpoint(handle(), 0);  // the writer thread does it between commits
  }
}

Statement Connection::prepare(std::string_view sql, bool keep) {
  sqlite3_stmt* raw = nullptr;
  char const* rest = nullptr;
  int result = sqlite3_prepare_v3(handle(), sql.data(), static_cast<int>(sql.size()),
                                  keep ? SQLITE_PREPARE_PERSISTENT : 0, &raw, &rest);
  Statement statement;
  statement.handle.reset(raw);
  if (result != SQLITE_OK) fail(handle(), sql);
  std::string_view behind(rest, static_cast<std::size_t>(sql.data() + sql.size() - rest));
  if (!raw || behind.find_first_not_of(" \t\r\n;") != behind.npos)
    throw Failure(FailureKind::mistake, "not exactly one statement: " + std::string(sql));
  statement.columns = sqlite3_column_count(raw);
  statement.only_reads = sqlite3_stmt_readonly(raw) != 0;
  return statement;
}

void Connection::control(Statement& statement) {
  Use use(statement);
  step(handle(), statement.handle.get());
}

void Connection::rollback_to_savepoint() {
  control(rollback_to_);
  control(release_);
}

bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(handle_.get()) == 0;
}

void Connection::bind(sqlite3_stmt* statement, std::span<Value const> values) {
  if (static_cast<std::size_t>(sqlite3_bind_parameter_count(statement)) != values.size())
    throw Failure(FailureKind::mistake,
                  fmt::format("{} values for: {}", values.size(), sqlite3_sql(statement)));
  auto bind_text = [&](int i, std::string_view text, sqlite3_destructor_type keep) {
    // An empty view may have no address, which SQLite would take for null.
    return sqlite3_bind_text64(statement, i, text.empty() ? "" : text.data(), text.size(), keep, SQLITE_UTF8);
  };
  int i = 0;
  for (Value const& value : values) {
    int result = SQLITE_OK;
    ++i;
    if (value.is_null) {
      result = sqlite3_bind_null(statement, i);
    } else if (value.kind == Value::Kind::integer) {
      result = sqlite3_bind_int64(statement, i, value.integer);
    } else if (value.kind == Value::Kind::real) {
      result = sqlite3_bind_double(statement, i, value.real);
    } else if (value.kind == Value::Kind::text) {
      require_storable(value.text);
      result = bind_text(i, value.text, SQLITE_STATIC);
    } else {
      if (value.kind == Value::Kind::integers)
        write_json_list(list_, value.integers);
      else
        write_json_list(list_, value.texts);
      result = bind_text(i, list_, SQLITE_TRANSIENT);
    }
    if (result != SQLITE_OK) fail(handle(), sqlite3_sql(statement));
  }
}

template <class Work>
void Connection::with_statement(std::string_view sql, Shape const& shape, std::span<Value const> values,
                                Work work) {
  Statement* statement = cache_.find(sql, shape);
  Statement own;
  if (!statement || statement->in_use) {
    std::string text = expand(sql, Engine::sqlite, shape);
    log_.add(text, values);
    own = prepare(text, !statement);
    if (shape.columns != 0 && own.columns != shape.columns)
      throw Failure(FailureKind::mistake,
                    fmt::format("{} columns for {} members: {}", own.columns, shape.columns, text));
    statement = statement ? &own : &cache_.add(sql, shape, std::move(own));
  }
  Use use(*statement);
  bind(statement->handle.get(), values);
  work(*statement);
}

void Connection::query(std::string_view sql, Shape const& shape, std::span<Value const> values,
                       RowSink sink) {
  with_statement(sql, shape, values, [&](Statement& statement) {
    StatementRow row(statement.handle.get());
    bool wanted = true;
    while (step(handle(), statement.handle.get())) {
      if (wanted) wanted = sink(row);
      // One that changes rows (`returning`) runs to its end: only there are its constraints checked.
      if (!wanted && statement.only_reads) break;
    }
  });
}

std::int64_t Connection::run(std::string_view sql, Shape const& shape, std::span<Value const> values) {
  std::int64_t changed = 0;
  with_statement(sql, shape, values, [&](Statement& statement) {
    while (step(handle(), statement.handle.get())) {
    }
    if (!statement.only_reads) changed = sqlite3_changes64(handle());
  });
  return changed;
}

void Connection::execute(std::string_view sql) {
  Statement statement = prepare(sql, false);
  while (step(handle(), statement.handle.get())) {
  }
}

std::vector<std::string> Connection::explain(std::string_view sql, Shape const& shape,
                                             std::span<Value const>) {
  return explain(PreparedStatement{expand(sql, Engine::sqlite, shape), {}});
}

std::vector<std::string> Connection::explain(PreparedStatement const& explained) {
  Statement statement = prepare("explain query plan " + explained.sql, false);
  std::vector<std::string> lines;
  while (step(handle(), statement.handle.get()))
    lines.emplace_back(StatementRow(statement.handle.get()).text(3));
  return lines;
}

}  // namespace posy::db::sqlite
