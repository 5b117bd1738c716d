// JSON with one spelling for one document, to be hashed and signed: the JSON Canonicalization Scheme
// (RFC 8785). Members in the order of their names' UTF-16 code units, numbers as ECMAScript writes them.
//
// Every number is a double there, so integers beyond 2^53 lose digits, as they do for everybody else.
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <string>

#include "base/error.hpp"

namespace posy::json {

constexpr std::size_t canonical_depth_max = 64;

// Refuses with unprocessable: deeper nesting, strings that are no UTF-8, infinities (of "1e999").
Result<std::string> canonical(boost::json::value const& value);
Result<std::string> canonical(boost::json::object const& object);

}  // namespace posy::json
