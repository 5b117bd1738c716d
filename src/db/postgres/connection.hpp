// A connection to a PostgreSQL server. One thread at a time.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "db/failure.hpp"
#include "db/postgres/parameters.hpp"
#include "db/statement_cache.hpp"
#include "db/unit.hpp"

struct pg_conn;
struct pg_result;

namespace posy::db::postgres {

struct CloseConnection {
  void operator()(pg_conn* connection) const;
};
struct ClearResult {
  void operator()(pg_result* result) const;
};
using Result = std::unique_ptr<pg_result, ClearResult>;

class Connection final : public db::Connection {
 public:
  // Does not connect yet.
  Connection(std::string url, bool durable, StatementLog& log);

  Engine engine() const override { return Engine::postgres; }
  void query(std::string_view sql, Shape const& shape, std::span<Value const> values, RowSink sink) override;
  std::int64_t run(std::string_view sql, Shape const& shape, std::span<Value const> values) override;
  void execute(std::string_view sql) override;
  std::vector<std::string> explain(std::string_view sql, Shape const& shape,
                                   std::span<Value const> values) override;
  std::vector<std::string> explain(PreparedStatement const& statement) override;

  // Connects if there is no working connection. Throws Failure (lost).
  void connect();
  bool is_lost() const;

  void begin() { execute("begin read write"); }
  // Throws also when the server rolled back because a statement had failed before.
  void commit();
  void rollback();
  // The last failure came from others who write the same rows: trying again is all that is needed.
  bool met_others() const;
  bool met_twin() const;

 private:
  struct Statement {
    std::string name;
    std::vector<Value::Kind> kinds;
    bool in_use = false;  // never: a result is here in whole before its rows are looked at
  };

  Result check(pg_result* raw, std::string_view sql);
  [[noreturn]] void fail(pg_result* result, std::string_view sql);
  Result simple(std::string_view sql);
  std::string prepare(std::string_view text, std::span<Value::Kind const> kinds);
  Statement& statement_for(std::string_view sql, Shape const& shape, std::span<Value const> values);
  Result run_prepared(std::string_view sql, Shape const& shape, std::span<Value const> values);

  std::string const url_;
  bool const durable_;
  StatementLog& log_;
  std::unique_ptr<pg_conn, CloseConnection> connection_;
  StatementCache<Statement> cache_;
  std::int64_t names_ = 0;
  std::array<char, 6> sql_state_{};
  Parameters parameters_;
};

}  // namespace posy::db::postgres
