// Parses JSON documents from outside, within limits of size and depth.
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <string_view>

#include "base/error.hpp"

namespace posy::json {

struct ParseLimits {
  std::size_t bytes_max = 1 << 20;
  std::size_t depth_max = 32;
  std::size_t values_max = 50'000;  // each takes some memory however short it is
};

// Refuses with too_large or bad_request. Strings in the result are valid UTF-8. Of two members with the
// same name the last one counts.
Result<boost::json::value> parse(std::string_view text, ParseLimits limits = {});

}  // namespace posy::json
