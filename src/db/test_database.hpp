// A fresh database for one test, on either engine. Library posy_db_testing.
//
//   class FavouriteStore : public testing::TestWithParam<db::Engine> {
//     db::TestDatabase database{GetParam(), migrations};
//   };
//   INSTANTIATE_TEST_SUITE_P(Engines, FavouriteStore, testing::ValuesIn(db::engines()), db::engine_name);
//
// PostgreSQL is the running server that POSY_TEST_POSTGRES names (a postgres:// URL of somebody who may
// create databases), or else a cluster that the first test of the process starts in a temporary folder and
// that ends with the process, however it ends.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "db/database.hpp"
#include "db/migrate.hpp"

namespace posy::db {

// SQLite, and PostgreSQL where its programs are installed or POSY_TEST_POSTGRES is set.
std::vector<Engine> const& engines();

// "sqlite", "postgres": the fourth argument of INSTANTIATE_TEST_SUITE_P.
template <class ParamInfo>
std::string engine_name(ParamInfo const& info) {
  return info.param == Engine::sqlite ? "sqlite" : "postgres";
}

class TestDatabase {
 public:
  // With `migrations` the schema is copied from one that was migrated once for the process. The clock must
  // outlive this; without one it is the system's. Commits do not wait for the disk.
  explicit TestDatabase(Engine engine, std::span<Migration const> migrations = {},
                        Clock const* clock = nullptr);
  ~TestDatabase();
  TestDatabase(TestDatabase const&) = delete;
  TestDatabase& operator=(TestDatabase const&) = delete;

  Database& operator*() { return *database_; }
  Database* operator->() { return database_.get(); }
  std::string const& url() const { return url_; }
  // Closes, and opens again with the same content.
  void reopen(Options options = {});

 private:
  Engine engine_;
  SystemClock system_clock_;
  Clock const& clock_;
  std::string name_;
  std::string url_;
  std::unique_ptr<Database> database_;
};

}  // namespace posy::db
