// Structs that the tests of reading and writing share.
#pragma once

#include <boost/describe.hpp>

#include "base/enum_names.hpp"
#include "base/id.hpp"
#include "json/omittable.hpp"

namespace posy::json::test {

enum class Colour { red, pale_blue };
constexpr EnumName<Colour> colour_names[] = {{Colour::red, "red"}, {Colour::pale_blue, "pale-blue"}};
inline std::string_view name_of(Colour colour) {
  return name_in(colour_names, colour);
}
inline std::optional<Colour> parse_enum(std::string_view name, Colour*) {
  return find_in(colour_names, name);
}

struct Named {
  std::string name;
};
BOOST_DESCRIBE_STRUCT(Named, (), (name))

struct Flower : Named {
  int petals = 0;
  std::optional<Colour> colour;
  Omittable<bool> wilted;
  bool private_ = false;
};
BOOST_DESCRIBE_STRUCT(Flower, (Named), (petals, colour, wilted, private_))

}  // namespace posy::json::test
