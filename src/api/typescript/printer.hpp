// Prints a described struct as a TypeScript interface, and those that it is made of. What JSON is made of which
// (json/write.hpp) decides: an empty std::optional is null, an empty Omittable absent, times and ids are strings.
#pragma once

#include <boost/type_index.hpp>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.hpp"
#include "json/members.hpp"

namespace posy::api::typescript {

// What C++ does not say of a member: which entity stands in text that is JSON already, or which words there are.
struct Meaning {
  std::string_view interface;  // empty: whichever has a member of this name
  std::string_view member;
  std::string type;  // "Status", "Account[]", "\"open\" | \"shut\""
  bool used = false;
};

// "\"a\" | \"b\""
template <class E, std::size_t count>
std::string words_of(EnumName<E> const (&table)[count]) {
  std::string out;
  for (auto const& entry : table) out.append(out.empty() ? "\"" : " | \"").append(entry.name).append("\"");
  return out;
}

// The words of an enum that is a member itself, printed as a union. Specialised beside the list of entities.
template <class E>
std::string words_of_enum();

class Printer {
 public:
  explicit Printer(std::vector<Meaning> meanings) : meanings_(std::move(meanings)) {}

  template <class T>
  void add() {
    auto name = name_of_type<T>();
    if (!printed_.insert(name).second) return;
    std::string text = "export interface " + name + " {\n";
    boost::mp11::mp_for_each<json::detail::Members<T>>([&](auto member) {
      using Member = decltype(member);
      using Value = std::remove_cvref_t<decltype(std::declval<T>().*Member::pointer)>;
      text += "  " + line<Value>(name, std::string(json::detail::name_of_member<Member>)) + ";\n";
    });
    interfaces_.push_back(text + "}\n");
  }

  // All of them, in the order in which they were finished. Throws Refused when a meaning was of no use.
  std::string finish() const;

 private:
  template <class T>
  static std::string name_of_type() {
    auto name = boost::typeindex::type_id<T>().pretty_name();
    return name.substr(name.rfind(':') + 1);
  }

  template <class T>
  std::string line(std::string const& interface, std::string const& member) {
    if constexpr (json::detail::is_a<T, json::Omittable>)
      return member + "?: " + type<typename T::value_type>(interface, member);
    else
      return member + ": " + type<T>(interface, member);
  }

  template <class T>
  std::string type(std::string const& interface, std::string const& member) {
    using namespace json::detail;
    if constexpr (is_a<T, std::optional>) {
      return type<typename T::value_type>(interface, member) + " | null";
    } else if constexpr (is_a<T, std::vector>) {
      auto element = type<typename T::value_type>(interface, member);
      return element.find(' ') == element.npos ? element + "[]" : "(" + element + ")[]";
    } else if constexpr (is_map<T>) {
      return "Record<string, " + type<typename T::mapped_type>(interface, member) + ">";
    } else if constexpr (std::is_same_v<T, json::Raw> || std::is_same_v<T, std::shared_ptr<std::string const>>) {
      return meaning(interface, member, true);
    } else if constexpr (std::is_same_v<T, std::string>) {
      return meaning(interface, member, false);
    } else if constexpr (std::is_same_v<T, bool>) {
      return "boolean";
    } else if constexpr (std::is_arithmetic_v<T>) {
      return "number";
    } else if constexpr (std::is_same_v<T, Time> || is_id<T>) {
      return "string";
    } else if constexpr (std::is_enum_v<T>) {
      return words_of_enum<T>();
    } else {
      static_assert(is_described<T>, "typescript::Printer does not know this type; describe it");
      add<T>();
      return name_of_type<T>();
    }
  }

  // Of text: a string where nothing is said of it, unless it `must` be said.
  std::string meaning(std::string_view interface, std::string_view member, bool must);

  std::vector<Meaning> meanings_;
  std::set<std::string> printed_;
  std::vector<std::string> interfaces_;
};

}  // namespace posy::api::typescript
