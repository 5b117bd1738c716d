// Our SQL into the SQL of one engine; done once, when a statement is prepared. The tokens are described at
// the head of access.hpp. Quoted text and comments pass untouched.
#pragma once

#include <string>
#include <string_view>

#include "db/connection.hpp"
#include "db/value.hpp"

namespace posy::db {

std::string expand(std::string_view sql, Engine engine, Shape const& shape);

}  // namespace posy::db
