// How far the ids of this database have come, and with them the clock that they were made by.
#pragma once

#include "db/access.hpp"

namespace posy::store {

// Of what is made most; 0 when there is nothing.
std::int64_t newest_id(db::Reader& r);

}  // namespace posy::store
