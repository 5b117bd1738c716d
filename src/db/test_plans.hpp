// How much of a table a plan may have to read. Library posy_db_testing.
#pragma once

#include <string>
#include <vector>

#include "db/explain.hpp"

namespace posy::db {

// What a plan walks through instead of looking it up, by the name that the plan has for it (an index, or a
// table or its alias): a whole table, a whole index, an index that is built for the occasion, or a range of
// an index whose first column is not given (`id > $1`: fine where the range is all that is asked for, a scan
// where everything else is a filter).
std::vector<std::string> walks(Reader& r, std::vector<std::string> const& plan);

// The plan for SQL as it stands in a source file: rows are `*`, and parameters integers or lists.
std::vector<std::string> explain_source(Reader& r, std::string_view sql);

}  // namespace posy::db
