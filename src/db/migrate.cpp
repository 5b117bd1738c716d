#include "db/migrate.hpp"

#include <fmt/format.h>

#include "base/assert.hpp"
#include "db/database.hpp"

namespace posy::db {
namespace {

struct Applied {
  int number = 0;
  std::string name;
  Time applied_at;
};
BOOST_DESCRIBE_STRUCT(Applied, (), (number, name, applied_at))

// Until the end of the transaction no other program migrates. SQLite's write lock is that already.
void lock_schema(Writer& w) {
  if (w.engine() == Engine::sqlite) return;
  w.execute("set local statement_timeout = 0");
  w.execute("set local lock_timeout = 0");
  w.execute("select pg_advisory_xact_lock(1349481337)");  // a number that is ours alone
}

void create_table(Writer& w) {
  lock_schema(w);
  w.execute(
      "create table if not exists schema_migration "
      "(number bigint primary key, name text not null, applied_at bigint not null)");
}

void refuse_newer(Reader& r, int known) {
  auto newest = r.one<std::optional<int>>("select max(number) from schema_migration");
  if (newest.value_or(0) <= known) return;
  throw Failure(FailureKind::mistake,
                fmt::format("The database was written by a newer Posy (schema {}, this program knows {}). "
                            "Start a newer program or restore a backup.",
                            *newest, known));
}

void apply(Writer& w, Migration const& migration) {
  lock_schema(w);
  auto name = w.find<std::string>("select name from schema_migration where number = $1", migration.number);
  if (name && *name != migration.name)
    throw Failure(FailureKind::mistake,
                  fmt::format("Migration {} of the database is \"{}\", of this program \"{}\": they have "
                              "different histories.",
                              migration.number, *name, migration.name));
  if (name) return;
  for (std::string const& statement : statements_of(migration.sql, w.engine())) w.execute(statement);
  w.insert("schema_migration", Applied{migration.number, std::string(migration.name), w.now()});
}

}  // namespace

void migrate(Database& database, std::span<Migration const> migrations) {
  int last = 0;
  for (Migration const& migration : migrations) {
    POSY_ASSERT(migration.number > last);
    last = migration.number;
  }
  database.write_now(create_table);
  database.read_now([&](Reader& r) { refuse_newer(r, last); });
  for (Migration const& migration : migrations) database.write_now([&](Writer& w) { apply(w, migration); });
}

}  // namespace posy::db
