// Documents of the shapes that other servers send (tests/federation/shapes/, one file each), and what we must
// read from them. A shape is a row in one of the tables; shapes_test.cpp runs them all.
#pragma once

#include <boost/json/object.hpp>
#include <span>
#include <string_view>

namespace posy::federation::test {

struct Shape {
  std::string_view name;  // of the file, without ".json"
  void (*check)(boost::json::object const& document);
};

std::span<Shape const> actor_shapes();
std::span<Shape const> post_shapes();
std::span<Shape const> activity_shapes();
std::span<Shape const> discovery_shapes();  // and collections

// Through the parser and its limits.
boost::json::object parse_document(std::string_view text);

}  // namespace posy::federation::test
