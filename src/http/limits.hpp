// Every bound of the front door, in one place. Tests make them small.
#pragma once

#include <chrono>
#include <cstddef>

namespace posy::http {

struct Limits {
  std::size_t target_bytes_max = 8 * 1024;   // above: 414
  std::size_t header_bytes_max = 16 * 1024;  // request line and fields together; above: 431

  std::chrono::milliseconds header_read{10'000};  // from the first byte of a request to its empty line
  std::chrono::milliseconds idle{60'000};         // between two requests of a connection
  std::chrono::milliseconds body_read{30'000};    // for a body, and in addition one second for each ...
  std::size_t body_bytes_per_second = 64 * 1024;  // ... of this many bytes that have arrived
  std::chrono::milliseconds write_stall{30'000};  // a client that takes nothing for this long is cut off
  std::chrono::milliseconds stop_grace{10'000};   // between asking and insisting at shutdown

  std::size_t body_bytes_in_all = 64 << 20;  // of bodies that are held in memory at a time; above: 503
  std::size_t connections_max = 4096;  // above: 503 and closed
  // Of one address that is no trusted proxy; above: the same.
  std::size_t connections_per_address_max = 512;
  // When three quarters of them are open, connections close after their answer, and those which wait for a request
  // are cut after this long: many servers that each keep one open must not keep the others out.
  std::chrono::milliseconds idle_when_crowded{1'000};
  std::size_t requests_per_connection = 1'000'000;

  std::size_t params_max = 1000;  // names in a query, and in a form
  std::size_t depth_max = 16;     // of JSON and of brackets in names
  std::size_t files_max = 16;
  std::size_t field_bytes_max = 1 << 20;  // all the fields of a multipart body that are not files
};

}  // namespace posy::http
