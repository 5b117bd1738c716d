// Dictionaries of structured fields (RFC 8941), as far as signatures and digests need them: no decimals, and
// stricter in one point. A key that stands twice is refused, where the RFC lets the last one win: two readers
// must not be able to understand one signed request differently.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.hpp"

namespace posy::signatures {

constexpr std::size_t structured_field_bytes_max = 8192;
constexpr std::size_t dictionary_members_max = 8;
constexpr std::size_t list_items_max = 32;
constexpr std::size_t item_parameters_max = 16;

struct Token {
  std::string text;
};
struct Bytes {
  std::string bytes;
};
using BareItem = std::variant<bool, std::int64_t, std::string, Token, Bytes>;

struct Parameter {
  std::string key;
  BareItem value;
};

struct Item {
  BareItem value;
  std::vector<Parameter> parameters;
};

struct Member {
  std::string key;
  std::variant<Item, std::vector<Item>> value;  // an item or an inner list
  std::vector<Parameter> parameters;            // of the inner list
};

// Refuses with unauthorized.
Result<std::vector<Member>> parse_dictionary(std::string_view text);

// Null when there is none, or when it is of another type.
template <class T>
T const* find_parameter(std::vector<Parameter> const& parameters, std::string_view key) {
  for (auto const& parameter : parameters)
    if (parameter.key == key) return std::get_if<T>(&parameter.value);
  return nullptr;
}
bool has_parameter(std::vector<Parameter> const& parameters, std::string_view key);

// The one spelling of an inner list (section 4.1.1.1).
std::string serialise(std::vector<Item> const& list, std::vector<Parameter> const& parameters);
std::string serialise_string(std::string_view text);

}  // namespace posy::signatures
