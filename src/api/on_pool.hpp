// The pool is used here as everywhere.
#pragma once

#include "base/on_pool.hpp"

namespace posy::api {

using posy::on_pool;

}  // namespace posy::api
