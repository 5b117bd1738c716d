// The SQL that stands in source files, so that a test can say which of it was never run. Library
// posy_db_testing.
//
// A statement begins a string literal; neighbouring literals are one. What is put together at run time (`{}`
// of fmt, PagedSql's `:page(...)`) is found again by its fixed parts.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"

namespace posy::db {

struct SourceStatement {
  std::string file;  // below the folder
  std::string sql;   // blanks and line ends made single blanks
};

// Of all files below the folder but tests. `insert("TABLE", row)` counts as `insert into TABLE :values`.
// Files that serve one engine (`..._sqlite.cpp`, `..._postgres.cpp`) are left out for the other.
std::vector<SourceStatement> statements_in(std::filesystem::path const& folder, Engine engine);

// Whether `prepared`, as an engine got it, may have come from `source`.
bool is_made_of(std::string_view prepared, SourceStatement const& source);

}  // namespace posy::db
