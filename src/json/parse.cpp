#include "json/parse.hpp"

#include <boost/json/parse.hpp>

namespace posy::json {

Result<boost::json::value> parse(std::string_view text, ParseLimits limits) {
  if (text.size() > limits.bytes_max) return Error{Refusal::too_large, "The document is too large"};
  boost::json::parse_options options;
  options.max_depth = limits.depth_max;
  boost::json::error_code error;
  boost::json::value document = boost::json::parse({text.data(), text.size()}, error, {}, options);
  if (error == boost::json::error::too_deep)
    return Error{Refusal::bad_request, "The document is nested too deeply"};
  if (error) return Error{Refusal::bad_request, "The document is not valid JSON"};
  return document;
}

}  // namespace posy::json
