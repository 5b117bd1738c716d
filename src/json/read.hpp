// Reads request parameters into described structs, as leniently as clients need and no more.
//
// A form, a query and a JSON body all arrive as one boost::json::object; forms know only strings, so
// "5", "true" and "1789" are read as what the member is. Null, and an empty string where the member is not
// text, mean "not given". A member that was not given stays empty if it is a std::optional, an Omittable,
// a list or a map; any other is required. Unknown parameters are ignored.
//
//   bool            true, 1, "1", "t", "true", "on", "yes" and their opposites, in any case
//   numbers         from numbers and decimal strings; out of range is an error
//   strings         valid UTF-8 without NUL; numbers and booleans are taken as their text
//   Id              from a string or a number; "0" is the id that nobody has, for `since_id=0`
//   Time            RFC 3339
//   enums           by `std::optional<E> parse_enum(std::string_view, E*)` beside them
//   lists           an array, one value alone, or an object with the keys "0", "1", ...
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "json/members.hpp"

namespace posy::json {

constexpr std::size_t list_items_max = 1000;

namespace detail {

// Where in the parameters we are: "poll[expires_in]".
struct Path {
  Path const* parent = nullptr;
  std::string_view name;
  std::string str() const;
};

Error invalid(Path const& path);
Error missing(Path const& path);
bool is_empty_string(boost::json::value const& value);

Result<> read_bool(bool& out, boost::json::value const& value, Path const& path);
Result<std::int64_t> read_integer(boost::json::value const& value, std::int64_t least, std::int64_t most,
                                  Path const& path);
Result<> read_double(double& out, boost::json::value const& value, Path const& path);
Result<> read_string(std::string& out, boost::json::value const& value, Path const& path);
Result<> read_time(Time& out, boost::json::value const& value, Path const& path);
Result<> read_id(std::int64_t& out, boost::json::value const& value, Path const& path);
// The elements of what stands for a list, in order. They live in `value`.
Result<std::vector<boost::json::value const*>> list_items(boost::json::value const& value, Path const& path);
// The text of an enum; it lives in `value`.
Result<std::string_view> read_word(boost::json::value const& value, Path const& path);

template <class T>
bool is_given(boost::json::value const* value) {
  if (!value) return false;
  if constexpr (is_a<T, std::optional>) return true;  // reads null itself
  if (value->is_null()) return std::is_same_v<T, boost::json::value>;
  return std::is_same_v<T, std::string> || std::is_same_v<T, boost::json::value> || !is_empty_string(*value);
}

template <class T>
Result<> read_into(T& out, boost::json::value const& value, Path const& path);

template <class T>
Result<> read_member(T& out, boost::json::value const* value, Path const& path) {
  if constexpr (is_a<T, std::optional> || is_a<T, Omittable>) {
    if (!is_given<typename T::value_type>(value)) return {};
    return read_into(out.emplace(), *value, path);
  } else {
    if (is_given<T>(value)) return read_into(out, *value, path);
    if constexpr (is_a<T, std::vector> || is_map<T> || std::is_same_v<T, boost::json::value>)
      return {};
    else
      return missing(path);
  }
}

template <class T>
Result<> read_members(T& out, boost::json::object const& object, Path const* parent) {
  Result<> outcome;
  boost::mp11::mp_for_each<Members<T>>([&](auto member) {
    if (outcome.has_error()) return;
    using Member = decltype(member);
    constexpr std::string_view name = name_of_member<Member>;
    Path path{parent, name};
    outcome = read_member(out.*Member::pointer, object.if_contains(name), path);
  });
  return outcome;
}

template <class T>
Result<> read_list(std::vector<T>& out, boost::json::value const& value, Path const& path) {
  auto items = list_items(value, path);
  if (!items) return items.error();
  out.clear();
  for (std::size_t i = 0; i < items->size(); ++i) {
    if (!is_given<T>((*items)[i])) continue;  // `media_ids[]=` is how a form says "none"
    std::string index = std::to_string(i);
    Path item_path{&path, index};
    T item{};
    if (auto done = read_into(item, *(*items)[i], item_path); !done) return done.error();
    out.push_back(std::move(item));
  }
  return {};
}

template <class Map>
Result<> read_map(Map& out, boost::json::value const& value, Path const& path) {
  auto const* object = value.if_object();
  if (!object) return invalid(path);
  out.clear();
  for (auto const& entry : *object) {
    std::string_view key = entry.key();
    Path entry_path{&path, key};
    typename Map::mapped_type item{};
    if (auto done = read_member(item, &entry.value(), entry_path); !done) return done.error();
    out.emplace(key, std::move(item));
  }
  return {};
}

template <class E>
Result<> read_enum(E& out, boost::json::value const& value, Path const& path) {
  auto word = read_word(value, path);
  if (!word) return word.error();
  std::optional<E> found = parse_enum(*word, static_cast<E*>(nullptr));
  if (!found) return invalid(path);
  out = *found;
  return {};
}

template <class T>
Result<> read_into(T& out, boost::json::value const& value, Path const& path) {
  if constexpr (std::is_same_v<T, bool>) {
    return read_bool(out, value, path);
  } else if constexpr (std::is_integral_v<T>) {
    // An unsigned 64-bit member takes what a signed one can hold: nothing of ours is larger.
    constexpr auto most = sizeof(T) == 8 ? std::numeric_limits<std::int64_t>::max()
                                         : std::int64_t{std::numeric_limits<T>::max()};
    auto number = read_integer(value, static_cast<std::int64_t>(std::numeric_limits<T>::min()), most, path);
    if (!number) return number.error();
    out = static_cast<T>(*number);
    return {};
  } else if constexpr (std::is_same_v<T, double>) {
    return read_double(out, value, path);
  } else if constexpr (std::is_same_v<T, std::string>) {
    return read_string(out, value, path);
  } else if constexpr (std::is_same_v<T, boost::json::value>) {
    out = value;
    return {};
  } else if constexpr (is_id<T>) {
    return read_id(out.value, value, path);
  } else if constexpr (std::is_same_v<T, Time>) {
    return read_time(out, value, path);
  } else if constexpr (is_a<T, std::optional>) {
    return read_member(out, &value, path);
  } else if constexpr (is_a<T, std::vector>) {
    return read_list(out, value, path);
  } else if constexpr (is_map<T>) {
    return read_map(out, value, path);
  } else if constexpr (std::is_enum_v<T>) {
    return read_enum(out, value, path);
  } else if constexpr (is_described<T>) {
    auto const* object = value.if_object();
    if (!object) return invalid(path);
    return read_members(out, *object, &path);
  } else {
    static_assert(unsupported<T>, "json::read does not know this type; describe it");
  }
}

}  // namespace detail

// Errors are unprocessable and name the parameter: "Invalid value for poll[expires_in]",
// "Validation failed: client_name can't be blank".
template <class T>
Result<T> read(boost::json::object const& params) {
  T out{};
  if (auto done = detail::read_members(out, params, nullptr); !done) return done.error();
  return out;
}

// For documents of our own, such as the payload of a job.
template <class T>
Result<T> read(boost::json::value const& document) {
  auto const* object = document.if_object();
  if (!object) return unprocessable("Validation failed: an object is expected");
  return read<T>(*object);
}

}  // namespace posy::json
