// The life of one connection: read, answer, read again. Private to http/.
#pragma once

#include "http/connection.hpp"

namespace posy::http {

// Ends when the connection does; throws only when it is cancelled.
Task<> serve(Connection& connection);

}  // namespace posy::http
