#include "federation/vocabulary/media_type.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "federation/vocabulary/limits.hpp"

namespace posy::federation {
namespace {

constexpr std::string_view profile = "https://www.w3.org/ns/activitystreams";

bool is_space(char c) {
  return c == ' ' || c == '\t';
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

// Takes `name=value` off the front of the parameters, without the quotes of the value (RFC 9110, section
// 5.6.6). Nothing when it is none.
struct Parameter {
  std::string_view name;
  std::string_view value;
};
std::optional<Parameter> take_parameter(std::string_view& text) {
  std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return {};
  Parameter parameter{trim(text.substr(0, equals)), {}};
  text = text.substr(equals + 1);
  if (text.starts_with('"')) {
    std::size_t end = text.find('"', 1);
    if (end == std::string_view::npos) return {};
    parameter.value = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    std::size_t next = text.find(';');
    if (!trim(text.substr(0, next)).empty()) return {};
    text.remove_prefix(std::min(next, text.size()));
  } else {
    std::size_t next = text.find(';');
    parameter.value = trim(text.substr(0, next));
    text.remove_prefix(std::min(next, text.size()));
  }
  return parameter;
}

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    std::size_t space = words.find(' ');
    if (words.substr(0, space) == word) return true;
    words.remove_prefix(space == std::string_view::npos ? words.size() : space + 1);
  }
  return false;
}

}  // namespace

bool is_activity_media_type(std::string_view media_type) {
  if (media_type.size() > limits::media_type_bytes_max) return false;
  std::size_t semicolon = std::min(media_type.find(';'), media_type.size());
  std::string_view type = trim(media_type.substr(0, semicolon));
  if (equal_ignoring_case(type, activity_json)) return true;
  if (!equal_ignoring_case(type, "application/ld+json")) return false;
  std::string_view rest = media_type.substr(semicolon);
  while (rest.starts_with(';')) {
    rest.remove_prefix(1);
    auto parameter = take_parameter(rest);
    if (!parameter) return false;
    if (equal_ignoring_case(parameter->name, "profile") && has_word(parameter->value, profile)) return true;
  }
  return false;
}

}  // namespace posy::federation
