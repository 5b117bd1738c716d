// Writes JSON straight into a string, without a tree in between.
//
// Handled: bool, numbers, strings, Time (RFC 3339), Id (decimal string), std::optional and pointers (null
// when empty), Omittable (absent when empty), ranges, maps with string keys, std::variant, enums with
// `std::string_view name_of(E)` beside them, Raw, boost::json values, and structs described with
// Boost.Describe. Strings that are no valid UTF-8 come out valid, with U+FFFD in the broken places.
#pragma once

#include <array>
#include <boost/json/fwd.hpp>
#include <cstdint>
#include <ranges>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "json/members.hpp"
#include "json/omittable.hpp"

namespace posy::json {

template <class T>
void write(std::string& out, T const& value);

template <class T>
std::string to_json(T const& value) {
  std::string out;
  write(out, value);
  return out;
}

namespace detail {

void write_string(std::string& out, std::string_view text);
void write_integer(std::string& out, std::int64_t value);
void write_integer(std::string& out, std::uint64_t value);
void write_double(std::string& out, double value);
void write_tree(std::string& out, boost::json::value const& value);
void write_tree(std::string& out, boost::json::object const& value);
void write_tree(std::string& out, boost::json::array const& value);

template <class T>
inline constexpr bool is_tree =
    std::is_same_v<T, boost::json::value> || std::is_same_v<T, boost::json::object> ||
    std::is_same_v<T, boost::json::array>;

// "\"name\":", made by the compiler.
template <class Member>
inline constexpr auto key_of = [] {
  constexpr std::string_view name = name_of_member<Member>;
  std::array<char, name.size() + 3> key{};
  std::size_t at = 0;
  key[at++] = '"';
  for (char c : name) key[at++] = c;
  key[at++] = '"';
  key[at++] = ':';
  return key;
}();

// Every element is written with a comma behind it; the last comma becomes the bracket.
inline void close(std::string& out, char bracket) {
  if (out.back() == ',')
    out.back() = bracket;
  else
    out += bracket;
}

template <class T>
void write_members(std::string& out, T const& value) {
  out += '{';
  boost::mp11::mp_for_each<Members<T>>([&](auto member) {
    using Member = decltype(member);
    auto const& field = value.*Member::pointer;
    if constexpr (is_a<std::remove_cvref_t<decltype(field)>, Omittable>) {
      if (!field.has_value()) return;
    }
    constexpr auto const& key = key_of<Member>;
    out.append(key.data(), key.size());
    write(out, field);
    out += ',';
  });
  close(out, '}');
}

template <class Map>
void write_map(std::string& out, Map const& map) {
  out += '{';
  for (auto const& [key, value] : map) {
    write_string(out, key);
    out += ':';
    write(out, value);
    out += ',';
  }
  close(out, '}');
}

template <class Range>
void write_list(std::string& out, Range const& range) {
  out += '[';
  for (auto const& item : range) {
    write<std::ranges::range_value_t<Range>>(out, item);
    out += ',';
  }
  close(out, ']');
}

template <class T>
void write_enum(std::string& out, T value) {
  write_string(out, name_of(value));
}

}  // namespace detail

template <class T>
void write(std::string& out, T const& value) {
  using namespace detail;
  if constexpr (std::is_same_v<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::is_integral_v<T> && std::is_signed_v<T>) {
    write_integer(out, std::int64_t{value});
  } else if constexpr (std::is_integral_v<T>) {
    write_integer(out, std::uint64_t{value});
  } else if constexpr (std::is_floating_point_v<T>) {
    write_double(out, value);
  } else if constexpr (is_tree<T>) {
    write_tree(out, value);
  } else if constexpr (std::is_convertible_v<T const&, std::string_view>) {
    write_string(out, value);
  } else if constexpr (is_id<T>) {
    out += '"';
    write_integer(out, value.value);
    out += '"';
  } else if constexpr (std::is_same_v<T, Time>) {
    write_string(out, to_rfc3339(value));
  } else if constexpr (std::is_same_v<T, Raw>) {
    out += value.text;
  } else if constexpr (std::is_same_v<T, std::shared_ptr<std::string const>>) {
    out += value ? std::string_view{*value} : std::string_view{"null"};
  } else if constexpr (is_a<T, std::optional> || is_a<T, Omittable> || is_a<T, std::shared_ptr> ||
                       is_a<T, std::unique_ptr>) {
    if (value)
      write(out, *value);
    else
      out += "null";
  } else if constexpr (std::is_same_v<T, std::monostate> || std::is_same_v<T, std::nullptr_t>) {
    out += "null";
  } else if constexpr (is_a<T, std::variant>) {
    std::visit([&](auto const& held) { write(out, held); }, value);
  } else if constexpr (std::is_enum_v<T>) {
    write_enum(out, value);
  } else if constexpr (is_map<T>) {
    write_map(out, value);
  } else if constexpr (std::ranges::input_range<T const>) {
    write_list(out, value);
  } else if constexpr (is_described<T>) {
    write_members(out, value);
  } else {
    static_assert(unsupported<T>, "json::write does not know this type; describe it");
  }
}

}  // namespace posy::json
