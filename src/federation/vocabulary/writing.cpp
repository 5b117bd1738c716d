#include "federation/vocabulary/writing.hpp"

#include <fmt/format.h>

#include <boost/json/string.hpp>

namespace posy::federation {

namespace json = boost::json;

void put_value(json::object& document, std::string_view name, json::value value) {
  document.insert_or_assign(json::string_view(name.data(), name.size()), std::move(value));
}

void put_text(json::object& document, std::string_view name, std::string_view text) {
  put_value(document, name, json::string(text.data(), text.size()));
}

void put(json::object& document, std::string_view name, std::string_view text) {
  if (!text.empty()) put_text(document, name, text);
}

void put(json::object& document, std::string_view name, json::object object) {
  if (!object.empty()) put_value(document, name, std::move(object));
}

void put(json::object& document, std::string_view name, json::array list) {
  if (!list.empty()) put_value(document, name, std::move(list));
}

void put(json::object& document, std::string_view name, std::optional<Time> time) {
  if (time) put(document, name, to_rfc3339(*time));
}

void put(json::object& document, std::string_view name, Reference const& reference) {
  if (reference.embedded.empty())
    put(document, name, reference.id);
  else
    put(document, name, reference.embedded);
}

json::array to_array(std::vector<std::string> const& list) {
  json::array out;
  out.reserve(list.size());
  for (auto const& text : list) out.emplace_back(text);
  return out;
}

void put_list(json::object& document, std::string_view name, std::vector<std::string> const& list) {
  put_value(document, name, to_array(list));
}

void put_one_or_more(json::object& document, std::string_view name, std::vector<std::string> const& list) {
  if (list.size() == 1)
    put(document, name, list.front());
  else
    put(document, name, to_array(list));
}

std::string format_duration(double seconds) {
  return fmt::format("PT{}S", seconds);
}

}  // namespace posy::federation
