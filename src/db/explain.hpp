// How an engine would run a statement: for tests that fail on a full scan.
//
//   auto plan = db::explain<Favourite>(r, "select :row from favourite where post = $1", post);
//   EXPECT_THAT(db::full_scans(r.engine(), plan), IsEmpty());
//
// PostgreSQL plans for any values (a generic plan) and with sequential scans priced out, so that a table with
// three rows shows what a table with millions would do.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/access.hpp"

namespace posy::db {

template <class T = std::int64_t, class... A>
std::vector<std::string> explain(Reader& r, std::string_view sql, A const&... a) {
  std::array<Value, sizeof...(A)> const values{mapping::to_value(a)...};
  return r.connection().explain(sql, mapping::shape_of<T>, values);
}

// For one of Database::prepared_statements().
inline std::vector<std::string> explain(Reader& r, PreparedStatement const& statement) {
  return r.connection().explain(statement);
}

// The tables (on SQLite: their alias, where there is one) of which every row or every index entry may be
// visited. SQLite shows a walk along an index in the order wanted, ended by a `limit`, in the same words:
// whether such a walk ends soon is for the author of the test to know.
std::vector<std::string> full_scans(Engine engine, std::vector<std::string> const& plan);

}  // namespace posy::db
