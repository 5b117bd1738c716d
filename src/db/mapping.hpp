// C++ types as columns: which types may stand in a parameter, a column, a row. Only templates; what users
// need to know is at the head of access.hpp.
#pragma once

#include <array>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/assert.hpp"
#include "base/id.hpp"
#include "base/time.hpp"
#include "db/failure.hpp"
#include "db/value.hpp"

namespace posy::db::mapping {

template <class T>
using Members =
    boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class T>
concept Described = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;

template <class T>
constexpr bool is_optional = false;
template <class T>
constexpr bool is_optional<std::optional<T>> = true;
template <class T>
constexpr bool is_tuple = false;
template <class... T>
constexpr bool is_tuple<std::tuple<T...>> = true;
template <class T>
constexpr bool is_id = false;
template <class Tag>
constexpr bool is_id<Id<Tag>> = true;

// --- Parameters -----------------------------------------------------------------------------------------

inline Value to_value(std::integral auto value) {
  if constexpr (sizeof(value) == 8 && std::is_unsigned_v<decltype(value)>)
    POSY_ASSERT(value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()));
  return {.kind = Value::Kind::integer, .integer = static_cast<std::int64_t>(value)};
}
inline Value to_value(std::floating_point auto value) {
  return {.kind = Value::Kind::real, .real = value};
}
inline Value to_value(std::string_view value) {
  return {.kind = Value::Kind::text, .text = value};
}
inline Value to_value(std::string const& value) {
  return to_value(std::string_view(value));
}
inline Value to_value(char const* value) {
  return to_value(std::string_view(value));
}
inline Value to_value(Time value) {
  return to_value(to_milliseconds(value));
}

template <class E>
  requires std::is_enum_v<E>
Value to_value(E value) {
  return to_value(static_cast<std::underlying_type_t<E>>(value));
}

template <class Tag>
Value to_value(Id<Tag> id) {
  return {.kind = Value::Kind::integer, .is_null = !id, .integer = id.value};
}

inline Value to_value(std::span<std::int64_t const> list) {
  return {.kind = Value::Kind::integers, .integers = list};
}
inline Value to_value(std::vector<std::int64_t> const& list) {
  return to_value(std::span<std::int64_t const>(list));
}
inline Value to_value(std::span<std::string const> list) {
  return {.kind = Value::Kind::texts, .texts = list};
}
inline Value to_value(std::vector<std::string> const& list) {
  return to_value(std::span<std::string const>(list));
}

template <class Tag>
Value to_value(std::span<Id<Tag> const> list) {
  // An Id is its one integer, in memory too: the list can be read in place.
  static_assert(sizeof(Id<Tag>) == sizeof(std::int64_t) && std::is_standard_layout_v<Id<Tag>>);
  return to_value(std::span(reinterpret_cast<std::int64_t const*>(list.data()), list.size()));
}
template <class Tag>
Value to_value(std::vector<Id<Tag>> const& list) {
  return to_value(std::span<Id<Tag> const>(list));
}

template <class T>
Value to_value(std::optional<T> const& value) {
  if (value) return mapping::to_value(*value);
  return {.kind = to_value(T{}).kind, .is_null = true};
}

// --- Columns --------------------------------------------------------------------------------------------

template <class T>
T narrow(std::int64_t value) {
  if (!std::in_range<T>(value)) throw Failure(FailureKind::other, "a stored number does not fit its type");
  return static_cast<T>(value);
}

template <class T>
void read_column(Row const& row, int column, T& out) {
  if constexpr (is_optional<T>) {
    if (row.is_null(column))
      out.reset();
    else
      read_column(row, column, out.emplace());
  } else if constexpr (is_id<T>) {
    out.value = row.is_null(column) ? 0 : row.integer(column);
  } else if constexpr (std::is_same_v<T, std::string>) {
    out.assign(row.text(column));
  } else if constexpr (std::is_same_v<T, Time>) {
    out = from_milliseconds(row.integer(column));
  } else if constexpr (std::is_same_v<T, bool>) {
    out = row.integer(column) != 0;
  } else if constexpr (std::is_enum_v<T>) {
    out = static_cast<T>(narrow<std::underlying_type_t<T>>(row.integer(column)));
  } else if constexpr (std::is_floating_point_v<T>) {
    out = static_cast<T>(row.real(column));
  } else {
    static_assert(std::is_integral_v<T>, "this type cannot be read from a column");
    out = narrow<T>(row.integer(column));
  }
}

// --- Rows: a scalar, a described struct, an optional one, or a tuple of these ---------------------------

template <class T>
struct RowOf {  // a scalar
  static constexpr int columns = 1;
  static void read(Row const& row, int first, T& out) { read_column(row, first, out); }
};

template <Described T>
struct RowOf<T> {
  static constexpr int columns = static_cast<int>(boost::mp11::mp_size<Members<T>>::value);
  static void read(Row const& row, int first, T& out) {
    boost::mp11::mp_for_each<Members<T>>(
        [&](auto member) { read_column(row, first++, out.*decltype(member)::pointer); });
  }
};

// The other side of a left join: nothing when its first column, the key, is null.
template <Described T>
struct RowOf<std::optional<T>> {
  static constexpr int columns = RowOf<T>::columns;
  static void read(Row const& row, int first, std::optional<T>& out) {
    if (row.is_null(first))
      out.reset();
    else
      RowOf<T>::read(row, first, out.emplace());
  }
};

template <class... T>
struct RowOf<std::tuple<T...>> {
  static constexpr int columns = (RowOf<T>::columns + ... + 0);
  static void read(Row const& row, int first, std::tuple<T...>& out) {
    std::apply([&](T&... part) { ((RowOf<T>::read(row, first, part), first += RowOf<T>::columns), ...); },
               out);
  }
};

template <class T>
T read_row(Row const& row) {
  T out{};
  RowOf<T>::read(row, 0, out);
  return out;
}

// --- Shapes: what `:row` expands to ---------------------------------------------------------------------

template <class T, class List = Members<T>>
struct NamesOf;
template <class T, template <class...> class List, class... M>
struct NamesOf<T, List<M...>> {
  static constexpr std::array<char const*, sizeof...(M)> names{M::name...};
  static constexpr std::span<char const* const> span{names};
};

template <class T>
struct Structs {
  using type = boost::mp11::mp_list<>;
};
template <Described T>
struct Structs<T> {
  using type = boost::mp11::mp_list<T>;
};
template <Described T>
struct Structs<std::optional<T>> {
  using type = boost::mp11::mp_list<T>;
};
template <class... T>
struct Structs<std::tuple<T...>> {
  using type = boost::mp11::mp_append<boost::mp11::mp_list<>, typename Structs<T>::type...>;
};

template <class List>
struct SpansOf;
template <class... S>
struct SpansOf<boost::mp11::mp_list<S...>> {
  static constexpr std::array<std::span<char const* const>, sizeof...(S)> spans{NamesOf<S>::span...};
};

template <class T>
inline constexpr Shape shape_of{SpansOf<typename Structs<T>::type>::spans, RowOf<T>::columns};
// For a statement that writes a T and returns nothing.
template <class T>
inline constexpr Shape insert_shape_of{SpansOf<typename Structs<T>::type>::spans, 0};
inline constexpr Shape no_shape{};

}  // namespace posy::db::mapping
