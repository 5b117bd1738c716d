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
  std::size_t values_left = 0;

  bool count(error_code& error) {
    if (values_left-- > 0) return true;
    error = boost::json::error::array_too_large;
    return false;
  }

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) { return true; }
  bool on_array_begin(error_code&) { return true; }
  bool on_comment_part(Text, error_code&) { return true; }
  bool on_comment(Text, error_code&) { return true; }
  // Only of numbers that are split over buffers; ours is one.
  bool on_number_part(Text, error_code&) { return true; }

  bool on_object_end(std::size_t members, error_code& error) {
    stack.push_object(members);
    return count(error);
  }
  bool on_array_end(std::size_t elements, error_code& error) {
    stack.push_array(elements);
    return count(error);
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
  bool on_string(Text end, std::size_t, error_code& error) {
    stack.push_string(end);
    return count(error);
  }
  bool on_int64(std::int64_t value, Text, error_code& error) {
    stack.push_int64(value);
    return count(error);
  }
  bool on_uint64(std::uint64_t value, Text, error_code& error) {
    stack.push_uint64(value);
    return count(error);
  }
  bool on_double(double value, Text text, error_code& error) {
    // Leaves Boost's value, zero or infinity, where the text is out of range.
    std::from_chars(text.data(), text.data() + text.size(), value);
    stack.push_double(value);
    return count(error);
  }
  bool on_bool(bool value, error_code& error) {
    stack.push_bool(value);
    return count(error);
  }
  bool on_null(error_code& error) {
    stack.push_null();
    return count(error);
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
  parser.handler().values_left = limits.values_max;
  std::size_t const read = parser.write_some(false, text.data(), text.size(), error);
  if (error == boost::json::error::too_deep)
    return Error{Refusal::bad_request, "The document is nested too deeply"};
  if (error == boost::json::error::array_too_large)
    return Error{Refusal::too_large, "The document has too many values"};
  if (error || read < text.size()) return Error{Refusal::bad_request, "The document is not valid JSON"};
  return parser.handler().stack.release();
}

}  // namespace posy::json
