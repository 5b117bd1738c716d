#include "federation/vocabulary/reading.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/string.hpp>
#include <charconv>
#include <cmath>

#include "federation/vocabulary/limits.hpp"
#include "federation/vocabulary/reference.hpp"

namespace posy::federation {
namespace {

namespace json = boost::json;

constexpr std::size_t types_max = 16;
constexpr std::size_t duration_bytes_max = 64;
constexpr double duration_seconds_max = 10.0 * 365 * 24 * 3600;
constexpr std::int64_t count_max = std::int64_t{1} << 53;
constexpr std::string_view namespaces[] = {"https://www.w3.org/ns/activitystreams#", "as:"};

std::string_view view(json::string const& text) {
  return {text.data(), text.size()};
}

// The first string of a value or a list.
std::optional<std::string_view> text_in(json::value const& value) {
  for (auto const& one : values_of(value, limits::languages_max))
    if (auto const* text = one.if_string()) return view(*text);
  return {};
}

std::string_view cut(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

std::string without_nul(std::string_view text) {
  std::string out(text);
  std::erase(out, '\0');
  return out;
}

std::optional<double> number_in(json::value const& value) {
  for (auto const& one : values_of(value, 1)) {
    if (auto const* number = one.if_double())
      return std::isfinite(*number) ? std::optional(*number) : std::nullopt;
    if (auto const* number = one.if_int64()) return static_cast<double>(*number);
    if (auto const* number = one.if_uint64()) return static_cast<double>(*number);
  }
  return {};
}

std::optional<double> take_number(std::string_view& text) {
  double number = 0;
  auto [end, failure] =
      std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (failure != std::errc{} || !(number >= 0)) return {};
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

double parse_duration(std::string_view text) {
  if (text.size() > duration_bytes_max || !text.starts_with('P')) return 0;
  text.remove_prefix(1);
  double seconds = 0;
  bool is_time = false;
  while (!text.empty()) {
    if (text.front() == 'T') {
      is_time = true;
      text.remove_prefix(1);
      continue;
    }
    auto number = take_number(text);
    if (!number || text.empty()) return 0;
    char unit = text.front();
    text.remove_prefix(1);
    if (unit == 'W' && !is_time)
      seconds += *number * 7 * 24 * 3600;
    else if (unit == 'D' && !is_time)
      seconds += *number * 24 * 3600;
    else if (unit == 'H' && is_time)
      seconds += *number * 3600;
    else if (unit == 'M' && is_time)
      seconds += *number * 60;
    else if (unit == 'S' && is_time)
      seconds += *number;
    else
      return 0;
  }
  return seconds;
}

bool is_token_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$&-^_.+").find(c) != std::string_view::npos;
}

char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

json::value const* find_member(json::object const& document, std::string_view name) {
  auto const* value = document.if_contains({name.data(), name.size()});
  return value && !value->is_null() ? value : nullptr;
}

json::object const* find_object(json::object const& document, std::string_view name) {
  for (auto const& value : values_in(document, name, limits::links_max))
    if (auto const* object = value.if_object()) return object;
  return nullptr;
}

Values values_of(json::value const& value, std::size_t max) {
  if (auto const* list = value.if_array()) return {list->data(), std::min(list->size(), max)};
  return {&value, value.is_null() ? std::size_t{0} : std::size_t{1}};
}

Values values_in(json::object const& document, std::string_view name, std::size_t max) {
  auto const* value = find_member(document, name);
  return value ? values_of(*value, max) : Values{};
}

std::string read_text(json::value const& value, std::size_t bytes_max) {
  auto text = text_in(value);
  return text ? without_nul(cut(*text, bytes_max)) : std::string();
}

std::string read_text(json::object const& document, std::string_view name, std::size_t bytes_max) {
  auto const* value = find_member(document, name);
  return value ? read_text(*value, bytes_max) : std::string();
}

std::string read_token(json::object const& document, std::string_view name, std::size_t bytes_max) {
  auto const* value = find_member(document, name);
  auto text = value ? text_in(*value) : std::nullopt;
  return text && text->size() <= bytes_max ? without_nul(*text) : std::string();
}

std::string read_natural_text(json::object const& document, std::string_view name, std::size_t bytes_max) {
  std::string text = read_text(document, name, bytes_max);
  if (!text.empty()) return text;
  auto const* map = find_object(document, std::string(name) + "Map");
  return map && !map->empty() ? read_text(map->begin()->value(), bytes_max) : std::string();
}

std::string read_id(json::object const& document, std::string_view name) {
  auto const* value = find_member(document, name);
  return value ? id_of(*value) : std::string();
}

std::vector<std::string> read_ids(json::object const& document, std::string_view name, std::size_t max) {
  auto const* value = find_member(document, name);
  return value ? ids_of(*value, max) : std::vector<std::string>();
}

bool read_flag(json::object const& document, std::string_view name, bool otherwise) {
  for (auto const& value : values_in(document, name, 1))
    if (auto const* flag = value.if_bool()) return *flag;
  return otherwise;
}

std::optional<Time> read_time(json::object const& document, std::string_view name) {
  auto const* value = find_member(document, name);
  auto text = value ? text_in(*value) : std::nullopt;
  return text ? parse_rfc3339(*text) : std::nullopt;
}

std::optional<std::int64_t> read_count(json::object const& document, std::string_view name) {
  auto const* value = find_member(document, name);
  auto number = value ? number_in(*value) : std::nullopt;
  if (!number || *number < 0) return {};
  return std::min(count_max, static_cast<std::int64_t>(std::min(*number, static_cast<double>(count_max))));
}

int read_pixels(json::object const& document, std::string_view name) {
  auto count = read_count(document, name);
  return count && *count <= std::int64_t{limits::pixels_max} ? static_cast<int>(*count) : 0;
}

double read_duration(json::object const& document, std::string_view name) {
  auto const* value = find_member(document, name);
  if (!value) return 0;
  auto text = text_in(*value);
  double seconds = text ? parse_duration(*text) : number_in(*value).value_or(0);
  return seconds > 0 && seconds <= duration_seconds_max ? seconds : 0;
}

std::string read_media_type(json::object const& document) {
  std::string text = read_token(document, "mediaType", limits::media_type_bytes_max);
  text.erase(std::min(text.find(';'), text.size()));
  while (text.ends_with(' ')) text.pop_back();
  std::ranges::transform(text, text.begin(), to_lower);
  std::size_t slash = text.find('/');
  if (slash == 0 || slash == std::string::npos || slash + 1 == text.size()) return {};
  for (std::size_t at = 0; at < text.size(); ++at)
    if (at != slash && !is_token_character(text[at])) return {};
  return text;
}

std::string clean_language(std::string_view tag) {
  if (tag.size() < 2 || tag.size() > limits::language_bytes_max || tag == "und") return {};
  std::size_t length = 0;  // of the subtag
  for (char c : tag) {
    bool is_letter = to_lower(c) >= 'a' && to_lower(c) <= 'z';
    bool is_digit = c >= '0' && c <= '9';
    if (c == '-') {
      if (length == 0) return {};
      length = 0;
    } else if ((!is_letter && !is_digit) || ++length > 8) {
      return {};
    }
  }
  return length == 0 ? std::string() : std::string(tag);
}

std::vector<std::string_view> types_of(json::object const& document) {
  std::vector<std::string_view> types;
  for (auto const& value : values_in(document, "type", types_max)) {
    auto const* text = value.if_string();
    if (!text || text->empty() || text->size() > limits::type_bytes_max) continue;
    std::string_view type = view(*text);
    for (auto prefix : namespaces)
      if (type.starts_with(prefix)) type.remove_prefix(prefix.size());
    types.push_back(type);
  }
  return types;
}

bool has_type(json::object const& document, std::string_view type) {
  auto types = types_of(document);
  return std::ranges::find(types, type) != types.end();
}

}  // namespace posy::federation
