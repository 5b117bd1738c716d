// What reading and writing share: the members of a described struct, their JSON names, and a few traits.
#pragma once

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/id.hpp"
#include "json/omittable.hpp"

namespace posy::json::detail {

// Members of base classes stand first.
template <class T>
using Members =
    boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class T>
inline constexpr bool is_described = boost::describe::has_describe_members<T>::value;

constexpr std::string_view without_underscore(std::string_view name) {
  if (name.ends_with('_')) name.remove_suffix(1);
  return name;
}

// A member that C++ cannot name, such as `private`, is declared with one underscore behind it.
template <class Member>
inline constexpr std::string_view name_of_member = without_underscore(Member::name);

template <class T, template <class...> class Template>
inline constexpr bool is_a = false;
template <template <class...> class Template, class... Args>
inline constexpr bool is_a<Template<Args...>, Template> = true;

template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<Id<Tag>> = true;

template <class T>
inline constexpr bool is_map = is_a<T, std::map> || is_a<T, std::unordered_map>;

template <class>
inline constexpr bool unsupported = false;

}  // namespace posy::json::detail
