#include "http/form.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <span>
#include <string>
#include <vector>

#include "base/encoding.hpp"

namespace posy::http {
namespace {

namespace json = boost::json;
using Keys = std::span<std::string_view const>;  // "" stands for "[]"

Error bad(std::string message) {
  return {Refusal::bad_request, std::move(message)};
}
Error clash() {
  return bad("A parameter is used both as a value and as a list or object");
}

// "a[b][]" to a, b, "". A name whose brackets do not balance is one key as it stands.
std::vector<std::string_view> split_name(std::string_view name) {
  auto open = name.find('[');
  if (open == name.npos || open == 0) return {name};
  std::vector<std::string_view> keys{name.substr(0, open)};
  std::string_view rest = name.substr(open);
  while (!rest.empty()) {
    auto close = rest.find(']');
    if (rest.front() != '[' || close == rest.npos) return {name};
    keys.push_back(rest.substr(1, close - 1));
    rest.remove_prefix(close + 1);
  }
  return keys;
}

// Whether the place that `keys` lead to is taken, so that a[][b]=1&a[][b]=2 begins a second object.
bool is_taken(json::object const& object, Keys keys) {
  auto const* value = object.if_contains(keys[0]);
  if (value == nullptr) return false;
  if (keys.size() == 1) return true;
  if (keys[1].empty()) return false;
  auto const* inner = value->if_object();
  return inner != nullptr && is_taken(*inner, keys.subspan(1));
}

Result<> insert(json::object& object, Keys keys, std::string_view text);

Result<> append(json::array& array, Keys keys, std::string_view text) {
  if (keys.empty()) {
    array.emplace_back(json::string_view(text));
    return {};
  }
  if (keys[0].empty()) return bad("Lists directly in lists are not understood");
  bool fits = !array.empty() && array.back().is_object() && !is_taken(array.back().get_object(), keys);
  if (!fits) array.emplace_back(json::object{});
  return insert(array.back().get_object(), keys, text);
}

// Depth is bounded by depth_max.
Result<> insert(json::object& object, Keys keys, std::string_view text) {
  auto const* known = object.if_contains(keys[0]);
  if (keys.size() == 1) {
    if (known != nullptr && !known->is_string()) return clash();
    object.insert_or_assign(keys[0], json::string_view(text));
    return {};
  }
  bool wants_array = keys[1].empty();
  if (known != nullptr && (wants_array ? !known->is_array() : !known->is_object())) return clash();
  json::value& inner = object[keys[0]];
  if (wants_array) {
    if (known == nullptr) inner.emplace_array();
    return append(inner.get_array(), keys.subspan(2), text);
  }
  if (known == nullptr) inner.emplace_object();
  return insert(inner.get_object(), keys.subspan(1), text);
}

bool holds_nul(json::value const& value) {
  if (auto const* text = value.if_string()) return text->find('\0') != text->npos;
  if (auto const* array = value.if_array()) {
    return std::ranges::any_of(*array, holds_nul);
  }
  if (auto const* object = value.if_object()) {
    return std::ranges::any_of(*object, [](json::key_value_pair const& member) {
      return member.key().find('\0') != member.key().npos || holds_nul(member.value());
    });
  }
  return false;
}

}  // namespace

Result<> ParamTree::add(std::string_view name, std::string_view value) {
  if (++count_ > limits_.params_max) return bad("Too many parameters");
  if (!is_valid_utf8(name) || !is_valid_utf8(value)) return bad("Invalid UTF-8");
  if (name.find('\0') != name.npos || value.find('\0') != value.npos) return bad("Invalid character NUL");
  if (name.empty()) return {};
  auto keys = split_name(name);
  if (keys.size() > limits_.depth_max) return bad("Parameters are nested too deeply");
  return insert(root_, keys, value);
}

Result<> ParamTree::add_encoded(std::string_view form) {
  while (!form.empty()) {
    auto end = form.find('&');
    std::string_view pair = form.substr(0, end);
    form = end == form.npos ? std::string_view{} : form.substr(end + 1);
    if (pair.empty()) continue;
    auto equals = pair.find('=');
    std::string name = percent_decode(pair.substr(0, equals), true);
    std::string value = equals == pair.npos ? std::string{} : percent_decode(pair.substr(equals + 1), true);
    if (auto added = add(name, value); !added) return added.error();
  }
  return {};
}

Result<json::object> parse_form(std::string_view form, ParamLimits limits) {
  ParamTree tree(limits);
  if (auto added = tree.add_encoded(form); !added) return added.error();
  return tree.take();
}

Result<json::object> parse_json_body(std::string_view text, ParamLimits limits) {
  if (text.find_first_not_of(" \t\r\n") == text.npos) return json::object{};
  json::parse_options options;
  options.max_depth = limits.depth_max;
  boost::system::error_code error;
  json::value value = json::parse(json::string_view(text), error, {}, options);
  if (error == json::error::too_deep) return bad("JSON is nested too deeply");
  if (error) return bad(is_valid_utf8(text) ? "Malformed JSON" : "Invalid UTF-8");
  if (text.find("\\u0000") != text.npos && holds_nul(value)) return bad("Invalid character NUL");
  if (value.is_object()) return std::move(value.get_object());
  if (!value.is_array()) return bad("A JSON body must be an object or an array");
  json::object wrapped;
  wrapped["_json"] = std::move(value);
  return wrapped;
}

void merge_params(json::object& into, json::object from) {
  if (into.empty()) {
    into = std::move(from);
    return;
  }
  for (auto& member : from) into.insert_or_assign(member.key(), std::move(member.value()));
}

}  // namespace posy::http
