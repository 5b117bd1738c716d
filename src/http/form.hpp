// Parameters into one tree: query strings and forms (application/x-www-form-urlencoded), with names as in
// Rails, and JSON bodies. Everything is checked: UTF-8, no NUL, depth, number.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <string_view>

#include "base/error.hpp"

namespace posy::http {

struct ParamLimits {
  std::size_t params_max = 1000;
  std::size_t depth_max = 16;
};

// Fills one tree from many names.
class ParamTree {
 public:
  explicit ParamTree(ParamLimits limits = {}) : limits_(limits) {}

  // `name` and `value` are decoded. "a[b][]" nests; a name with unbalanced brackets is taken as it is.
  // bad_request when a name is used both as a scalar and as a tree.
  Result<> add(std::string_view name, std::string_view value);
  Result<> add_encoded(std::string_view form);  // "a=1&b%5B%5D=2"

  boost::json::object take() { return std::move(root_); }

 private:
  ParamLimits limits_;
  std::size_t count_ = 0;
  boost::json::object root_;
};

Result<boost::json::object> parse_form(std::string_view form, ParamLimits limits = {});
// A JSON body: an object as it is, an array under "_json", nothing when the text is empty.
Result<boost::json::object> parse_json_body(std::string_view text, ParamLimits limits = {});
// Members of `from` replace those of the same name in `into`.
void merge_params(boost::json::object& into, boost::json::object from);

}  // namespace posy::http
