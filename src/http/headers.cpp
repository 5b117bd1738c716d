#include "http/headers.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace posy::http {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

// RFC 9110, section 5.6.2.
constexpr auto token_characters = [] {
  std::array<bool, 256> allowed{};
  for (char c : std::string_view("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    allowed[static_cast<unsigned char>(c)] = true;
  return allowed;
}();

// Both run for each field of each request and answer.
bool is_token(std::string_view text) {
  auto allowed = [](char c) { return token_characters[static_cast<unsigned char>(c)]; };
  return !text.empty() && std::ranges::all_of(text, allowed);
}

bool breaks_lines(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

}  // namespace

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

Headers::Headers(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  for (auto const& [name, value] : fields) add(name, value);
}

std::optional<std::string_view> Headers::find(std::string_view wanted) const {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (equals_ignoring_case(name(i), wanted)) return value(i);
  }
  return {};
}

std::vector<std::string_view> Headers::all(std::string_view wanted) const {
  std::vector<std::string_view> values;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (equals_ignoring_case(name(i), wanted)) values.push_back(value(i));
  }
  return values;
}

void Headers::add(std::string_view name, std::string_view value) {
  if (!is_token(name)) throw std::invalid_argument("not a header name");
  if (breaks_lines(value)) throw std::invalid_argument("line break in a header");
  if (text_.empty()) text_.reserve(512), fields_.reserve(16);
  Field field{static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(name.size()), 0,
              static_cast<std::uint32_t>(value.size())};
  text_ += name;
  field.value = static_cast<std::uint32_t>(text_.size());
  text_ += value;
  fields_.push_back(field);
}

void Headers::set(std::string_view name, std::string_view value) {
  std::string copy(value);  // it may be a view of ours
  remove(name);
  add(name, copy);
}

void Headers::remove(std::string_view unwanted) {
  std::erase_if(fields_, [&](Field const& field) {
    return equals_ignoring_case({text_.data() + field.name, field.name_bytes}, unwanted);
  });
}

}  // namespace posy::http
