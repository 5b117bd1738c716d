// The table that stands beside an enum, and the two ways to read it:
//
//   constexpr EnumName<Visibility> visibility_names[] = {{Visibility::open, "public"}, ...};
//   std::string_view name_of(Visibility v) { return name_in(visibility_names, v); }
//   std::optional<Visibility> parse_enum(std::string_view s, Visibility*) { return find_in(visibility_names,
//   s); }
//
// With these two functions JSON and database rows know the enum.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/assert.hpp"

namespace posy {

template <class E>
struct EnumName {
  E value;
  std::string_view name;
};

template <class E, std::size_t count>
constexpr std::string_view name_in(EnumName<E> const (&table)[count], E value) {
  for (auto const& entry : table)
    if (entry.value == value) return entry.name;
  POSY_ASSERT(!"every value of an enum has a name");
  return {};
}

template <class E, std::size_t count>
constexpr std::optional<E> find_in(EnumName<E> const (&table)[count], std::string_view name) {
  for (auto const& entry : table)
    if (entry.name == name) return entry.value;
  return {};
}

}  // namespace posy
