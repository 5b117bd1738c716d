#include "json/read.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/encoding.hpp"
#include "base/id.hpp"
#include "base/time.hpp"
#include "json/write.hpp"

namespace posy::json::detail {
namespace {

constexpr std::string_view words_for_true[] = {"true", "1", "t", "on", "yes"};
constexpr std::string_view words_for_false[] = {"false", "0", "f", "off", "no"};

bool is_word(std::string_view text, std::span<std::string_view const> words) {
  auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? char(a + 32) : a) == b; };
  return std::ranges::any_of(words,
                             [&](std::string_view word) { return std::ranges::equal(text, word, same); });
}

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return number;
}

std::optional<std::string_view> as_text(boost::json::value const& value) {
  auto const* string = value.if_string();
  if (!string) return {};
  return std::string_view{string->data(), string->size()};
}

std::optional<std::int64_t> as_integer(boost::json::value const& value) {
  if (auto const* number = value.if_int64()) return *number;
  if (auto text = as_text(value)) return parse_number<std::int64_t>(*text);
  if (auto const* number = value.if_double()) {
    // Whole numbers only, and within what a double holds exactly.
    constexpr double exact_max = 9007199254740992.0;
    if (std::trunc(*number) == *number && std::abs(*number) <= exact_max)
      return static_cast<std::int64_t>(*number);
  }
  return {};
}

std::optional<double> as_double(boost::json::value const& value) {
  if (auto text = as_text(value)) return parse_number<double>(*text);
  if (value.is_number()) return value.to_number<double>();
  return {};
}

}  // namespace

std::string Path::str() const {
  if (!parent) return std::string{name};
  return parent->str() + '[' + std::string{name} + ']';
}

// A path may hold keys that the client chose; what is shown of them is bounded and valid.
Error invalid(Path const& path) {
  std::string shown = path.str();
  constexpr std::size_t shown_max = 200;
  if (shown.size() > shown_max || !is_valid_utf8(shown))
    return unprocessable("Invalid value for a parameter");
  return unprocessable("Invalid value for " + shown);
}

Error missing(Path const& path) {
  return unprocessable("Validation failed: " + path.str() + " can't be blank");
}

bool is_empty_string(boost::json::value const& value) {
  return value.is_string() && value.get_string().empty();
}

Result<> read_bool(bool& out, boost::json::value const& value, Path const& path) {
  if (auto const* flag = value.if_bool()) {
    out = *flag;
    return {};
  }
  if (auto text = as_text(value)) {
    out = is_word(*text, words_for_true);
    if (!out && !is_word(*text, words_for_false)) return invalid(path);
    return {};
  }
  auto number = as_integer(value);
  if (!number || (*number != 0 && *number != 1)) return invalid(path);
  out = *number == 1;
  return {};
}

Result<std::int64_t> read_integer(boost::json::value const& value, std::int64_t least, std::int64_t most,
                                  Path const& path) {
  auto number = as_integer(value);
  if (!number || *number < least || *number > most) return invalid(path);
  return *number;
}

Result<> read_double(double& out, boost::json::value const& value, Path const& path) {
  auto number = as_double(value);
  if (!number || !std::isfinite(*number)) return invalid(path);
  out = *number;
  return {};
}

Result<> read_string(std::string& out, boost::json::value const& value, Path const& path) {
  if (auto text = as_text(value)) {
    // PostgreSQL cannot store NUL, and nothing that a person writes contains it.
    if (text->find('\0') != text->npos || !is_valid_utf8(*text)) return invalid(path);
    out = *text;
    return {};
  }
  if (!value.is_number() && !value.is_bool()) return invalid(path);
  out.clear();
  write_tree(out, value);
  return {};
}

Result<> read_time(Time& out, boost::json::value const& value, Path const& path) {
  auto text = as_text(value);
  auto time = text ? parse_rfc3339(*text) : std::nullopt;
  if (!time) return invalid(path);
  out = *time;
  return {};
}

Result<> read_id(std::int64_t& out, boost::json::value const& value, Path const& path) {
  auto const* number = value.if_int64();
  auto text = as_text(value);
  auto id = number ? std::optional<std::int64_t>{*number}
            : text ? parse_number<std::int64_t>(*text)
                   : std::nullopt;
  if (!id || *id < 0) return invalid(path);
  out = *id;
  return {};
}

Result<std::vector<boost::json::value const*>> list_items(boost::json::value const& value, Path const& path) {
  std::vector<boost::json::value const*> items;
  if (auto const* array = value.if_array()) {
    if (array->size() > list_items_max) return invalid(path);
    for (auto const& item : *array) items.push_back(&item);
    return items;
  }
  auto const* object = value.if_object();
  if (!object) {
    items.push_back(&value);
    return items;
  }
  // A form's `fields[0][name]`: in the order of the numbers, which may have gaps.
  if (object->size() > list_items_max) return invalid(path);
  std::map<std::uint32_t, boost::json::value const*> numbered;
  for (auto const& entry : *object) {
    auto index = parse_number<std::uint32_t>(std::string_view{entry.key()});
    if (!index || !numbered.emplace(*index, &entry.value()).second) return invalid(path);
  }
  for (auto const& [index, item] : numbered) items.push_back(item);
  return items;
}

Result<std::string_view> read_word(boost::json::value const& value, Path const& path) {
  auto text = as_text(value);
  if (!text) return invalid(path);
  return *text;
}

}  // namespace posy::json::detail
