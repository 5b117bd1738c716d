// Conditional and range requests (RFC 9110, sections 13 and 14). Private to http/.
#pragma once

#include <cstdint>
#include <optional>

#include "base/time.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

namespace posy::http {

struct Slice {
  std::uint64_t first = 0;
  std::uint64_t bytes = 0;
};

// Turns a 200 to GET or HEAD into 304 where the client has it already.
void answer_if_unchanged(Request const& request, Response& response);

// For a 200 with a body of `size`: the part to send. Makes it 206 or 416 where a range was asked for;
// several ranges, and what is no range, get the whole.
Slice answer_range(Request const& request, Response& response, std::uint64_t size);

}  // namespace posy::http
