// Brings the schema up to date, one numbered migration after another, each in its own transaction. What was
// applied is kept in `schema_migration (number, name, applied_at)`.
//
// Migration text is SQL for both engines:
//   $id                 the key of a table: `integer primary key` (SQLite), `bigint primary key` (PostgreSQL)
//   $without_rowid      `without rowid` on SQLite, nothing on PostgreSQL
//   --@sqlite  --@postgres  --@both      a line that says whom the lines below are for
//   --@begin  --@end                     around a statement with `;` inside, such as a trigger
// A statement ends at a line that ends with `;`. Ids and times are `bigint`: `integer` has 32 bits on
// PostgreSQL.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"

namespace posy::db {

class Database;

struct Migration {
  int number = 0;  // ascending
  std::string_view name;
  std::string_view sql;
};

// Throws Failure, and changes nothing more, when a statement fails, when the database knows a newer number
// than the program, or knows a number under another name. Two programs may start at the same time.
void migrate(Database& database, std::span<Migration const> migrations);

// The statements of a migration for one engine.
std::vector<std::string> statements_of(std::string_view sql, Engine engine);

}  // namespace posy::db
