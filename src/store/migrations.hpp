// The schema of the database, as numbered migrations (store/migrations/*.sql), for db::migrate.
#pragma once

#include <span>

#include "db/migrate.hpp"

namespace posy::store {

std::span<db::Migration const> migrations();  // ascending

}  // namespace posy::store
