#include "db/postgres/connection.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <charconv>

#include "base/log.hpp"
#include "db/expand.hpp"
#include "db/postgres/result_row.hpp"

namespace posy::db::postgres {
namespace {

FailureKind kind_of(std::string_view state) {
  if (state == "23505") return FailureKind::unique;
  if (state == "23503") return FailureKind::foreign_key;
  if (state.starts_with("23")) return FailureKind::constraint;
  if (state.starts_with("40") || state == "55P03") return FailureKind::busy;
  if (state.starts_with("53")) return state == "53300" ? FailureKind::busy : FailureKind::full;
  if (state.starts_with("08") || state.starts_with("57P0")) return FailureKind::lost;
  if (state.starts_with("42") || state.starts_with("22") || state.starts_with("25"))
    return FailureKind::mistake;
  return FailureKind::other;
}

std::string_view without_newline(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

void log_notice(void*, char const* message) {
  log::debug("postgres: {}", without_newline(message));
}

std::int64_t rows_changed(PGresult* result) {
  std::string_view text = PQcmdTuples(result);
  std::int64_t rows = 0;
  std::from_chars(text.data(), text.data() + text.size(), rows);  // nothing when it is no such statement
  return rows;
}

}  // namespace

void CloseConnection::operator()(pg_conn* connection) const {
  PQfinish(connection);
}
void ClearResult::operator()(pg_result* result) const {
  PQclear(result);
}

Connection::Connection(std::string url, bool durable, StatementLog& log)
    : url_(std::move(url)), durable_(durable), log_(log) {}

bool Connection::is_lost() const {
  return !connection_ || PQstatus(connection_.get()) != CONNECTION_OK;
}

void Connection::connect() {
  if (!is_lost()) return;
  cache_.clear();
  // The keepalives notice a server that went away without a word.
  char const* const names[] = {"dbname",           "application_name", "client_encoding",
                               "connect_timeout",  "keepalives_idle",  "keepalives_interval",
                               "keepalives_count", "tcp_user_timeout", nullptr};
  char const* const values[] = {url_.c_str(), "posy", "UTF8", "5", "30", "10", "3", "30000", nullptr};
  connection_.reset(PQconnectdbParams(names, values, 1));
  if (is_lost())
    throw Failure(FailureKind::lost,
                  fmt::format("PostgreSQL: {}", without_newline(PQerrorMessage(connection_.get()))));
  PQsetNoticeProcessor(connection_.get(), log_notice, nullptr);
  // A Reader cannot write by mistake; a Writer says `begin read write`. What runs into one of the limits has
  // gone wrong, and would hold up others.
  execute("set default_transaction_read_only = on");
  execute("set statement_timeout = '60s'");
  execute("set lock_timeout = '15s'");
  execute("set idle_in_transaction_session_timeout = '60s'");
  execute("set jit = off");
  if (!durable_) execute("set synchronous_commit = off");
}

void Connection::fail(PGresult* result, std::string_view sql) {
  char const* state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
  sql_state_ = {};
  if (state) std::copy_n(state, std::min<std::size_t>(5, std::string_view(state).size()), sql_state_.begin());
  FailureKind kind = is_lost() ? FailureKind::lost : kind_of(state ? state : "");
  // The primary message only: the details quote rows, and failures end up in logs.
  char const* said = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
  if (!said) said = PQerrorMessage(connection_.get());
  throw Failure(kind, fmt::format("PostgreSQL: {} ({})", without_newline(said), sql));
}

Result Connection::check(pg_result* raw, std::string_view sql) {
  Result result(raw);
  auto status = PQresultStatus(raw);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(raw, sql);
  return result;
}

Result Connection::simple(std::string_view sql) {
  std::string const text(sql);
  return check(PQexec(connection_.get(), text.c_str()), sql);
}

void Connection::execute(std::string_view sql) {
  simple(sql);
}

void Connection::commit() {
  Result result = simple("commit");
  if (std::string_view(PQcmdStatus(result.get())) != "COMMIT")
    throw Failure(FailureKind::mistake, "PostgreSQL rolled back: a unit went on after a failed statement");
}

void Connection::rollback() {
  if (!is_lost() && PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) execute("rollback");
}

bool Connection::met_others() const {
  std::string_view state(sql_state_.data());
  // 23503: what a row was to point to was deleted after the unit had looked. Run again, it sees that.
  return state == "40001" || state == "40P01" || state == "23503";
}

// 23505: somebody else put the same row in after the unit had looked. Run again, it sees that; if the row was there
// before, it fails again.
bool Connection::met_twin() const {
  return std::string_view(sql_state_.data()) == "23505";
}

std::string Connection::prepare(std::string_view text, std::span<Value::Kind const> kinds) {
  std::string name = fmt::format("s{}", ++names_);
  std::vector<Oid> types;
  for (Value::Kind kind : kinds) types.push_back(type_oid(kind));
  std::string const sql(text);
  check(PQprepare(connection_.get(), name.c_str(), sql.c_str(), static_cast<int>(types.size()), types.data()),
        sql);
  return name;
}

Connection::Statement& Connection::statement_for(std::string_view sql, Shape const& shape,
                                                 std::span<Value const> values) {
  auto has_kinds = [&](Statement const& statement) {
    return std::equal(values.begin(), values.end(), statement.kinds.begin(), statement.kinds.end(),
                      [](Value const& value, Value::Kind kind) { return value.kind == kind; });
  };
  Statement* found = cache_.find(sql, shape);
  if (found && has_kinds(*found)) return *found;

  std::vector<Value::Kind> kinds;
  for (Value const& value : values) kinds.push_back(value.kind);
  std::string const text = expand(sql, Engine::postgres, shape);
  Statement fresh{prepare(text, kinds), std::move(kinds)};
  log_.add(text, values);
  if (found) {  // the same words with values of other types
    std::string const old = std::exchange(*found, std::move(fresh)).name;
    execute("deallocate " + old);
    return *found;
  }
  std::string const evicted = cache_.is_full() ? cache_.oldest().name : "";
  Statement& statement = cache_.add(sql, shape, std::move(fresh));
  if (!evicted.empty()) execute("deallocate " + evicted);
  return statement;
}

Result Connection::run_prepared(std::string_view sql, Shape const& shape, std::span<Value const> values) {
  Statement& statement = statement_for(sql, shape, values);
  parameters_.set(values);
  return check(PQexecPrepared(connection_.get(), statement.name.c_str(), parameters_.count(),
                              parameters_.data(), parameters_.lengths(), parameters_.formats(), 0),
               sql);
}

void Connection::query(std::string_view sql, Shape const& shape, std::span<Value const> values,
                       RowSink sink) {
  Result result = run_prepared(sql, shape, values);
  if (PQnfields(result.get()) != shape.columns)
    throw Failure(FailureKind::mistake,
                  fmt::format("{} columns for {} members: {}", PQnfields(result.get()), shape.columns, sql));
  ResultRow row(result.get());
  for (int i = 0, rows = PQntuples(result.get()); i < rows; ++i) {
    row.move_to(i);
    if (!sink(row)) return;
  }
}

std::int64_t Connection::run(std::string_view sql, Shape const& shape, std::span<Value const> values) {
  return rows_changed(run_prepared(sql, shape, values).get());
}

std::vector<std::string> Connection::explain(std::string_view sql, Shape const& shape,
                                             std::span<Value const> values) {
  PreparedStatement statement{expand(sql, Engine::postgres, shape), {}};
  for (Value const& value : values) statement.parameters.push_back(value.kind);
  return explain(statement);
}

std::vector<std::string> Connection::explain(PreparedStatement const& statement) {
  std::string const name = prepare(statement.sql, statement.parameters);
  execute("set enable_seqscan = off");
  execute("set plan_cache_mode = force_generic_plan");
  std::string arguments;
  for (std::size_t i = 0; i < statement.parameters.size(); ++i) arguments += i == 0 ? "(null" : ", null";
  if (!arguments.empty()) arguments += ')';
  Result plan = simple("explain (costs off) execute " + name + arguments);
  std::vector<std::string> lines;
  for (int i = 0, rows = PQntuples(plan.get()); i < rows; ++i)
    lines.emplace_back(PQgetvalue(plan.get(), i, 0));
  execute("reset plan_cache_mode");
  execute("reset enable_seqscan");
  execute("deallocate " + name);
  return lines;
}

}  // namespace posy::db::postgres
