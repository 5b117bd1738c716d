#include "json/parse.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>

namespace posy::json {
namespace {

using boost::json::error_code;
using Text = boost::json::string_view;

// Builds the tree as Boost's own parser does, but for doubles. Those of Boost 1.81 are off in the last place
// for one in four texts of 17 digits, and then a signed document would not have the number that was signed.
struct Builder {
  static constexpr std::size_t max_object_size = -1, max_array_size = -1;
  static constexpr std::size_t max_key_size = -1, max_string_size = -1;

  boost::json::value_stack stack;

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) { return true; }
  bool on_array_begin(error_code&) { return true; }
  bool on_comment_part(Text, error_code&) { return true; }
  bool on_comment(Text, error_code&) { return true; }
  // Only of numbers that are split over buffers; ours is one.
  bool on_number_part(Text, error_code&) { return true; }

  bool on_object_end(std::size_t members, error_code&) {
    stack.push_object(members);
    return true;
  }
  bool on_array_end(std::size_t elements, error_code&) {
    stack.push_array(elements);
    return true;
  }
  bool on_key_part(Text part, std::size_t, error_code&) {
    stack.push_chars(part);
    return true;
  }
  bool on_key(Text end, std::size_t, error_code&) {
    stack.push_key(end);
    return true;
  }
  bool on_string_part(Text part, std::size_t, error_code&) {
    stack.push_chars(part);
    return true;
  }
  bool on_string(Text end, std::size_t, error_code&) {
    stack.push_string(end);
    return true;
  }
  bool on_int64(std::int64_t value, Text, error_code&) {
    stack.push_int64(value);
    return true;
  }
  bool on_uint64(std::uint64_t value, Text, error_code&) {
    stack.push_uint64(value);
    return true;
  }
  bool on_double(double value, Text text, error_code&) {
    // Leaves Boost's value, zero or infinity, where the text is out of range.
    std::from_chars(text.data(), text.data() + text.size(), value);
    stack.push_double(value);
    return true;
  }
  bool on_bool(bool value, error_code&) {
    stack.push_bool(value);
    return true;
  }
  bool on_null(error_code&) {
    stack.push_null();
    return true;
  }
};

}  // namespace

Result<boost::json::value> parse(std::string_view text, ParseLimits limits) {
  if (text.size() > limits.bytes_max) return Error{Refusal::too_large, "The document is too large"};
  boost::json::parse_options options;
  options.max_depth = limits.depth_max;
  boost::json::basic_parser<Builder> parser(options);
  error_code error;
  parser.handler().stack.reset();
  std::size_t const read = parser.write_some(false, text.data(), text.size(), error);
  if (error == boost::json::error::too_deep)
    return Error{Refusal::bad_request, "The document is nested too deeply"};
  if (error || read < text.size()) return Error{Refusal::bad_request, "The document is not valid JSON"};
  return parser.handler().stack.release();
}

}  // namespace posy::json
