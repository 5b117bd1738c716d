#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <vector>

#include "federation/vocabulary/test_shapes.hpp"
#include "json/parse.hpp"

namespace posy::federation {
namespace {

std::filesystem::path const folder = POSY_SHAPES;

std::vector<test::Shape> all_shapes() {
  std::vector<test::Shape> all;
  for (auto table :
       {test::actor_shapes(), test::post_shapes(), test::activity_shapes(), test::discovery_shapes()})
    all.insert(all.end(), table.begin(), table.end());
  return all;
}

std::string read_file(std::filesystem::path const& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Shapes : public testing::TestWithParam<test::Shape> {};

TEST_P(Shapes, AreUnderstood) {
  GetParam().check(test::parse_document(read_file(folder / (std::string(GetParam().name) + ".json"))));
}

std::string name_of_test(testing::TestParamInfo<test::Shape> const& info) {
  std::string name(info.param.name);
  for (char& c : name)
    if (c == '-') c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(OfServers, Shapes, testing::ValuesIn(all_shapes()), name_of_test);

TEST(ShapesTable, HasARowForEveryFile) {
  std::set<std::string> rows, files;
  for (auto const& shape : all_shapes())
    EXPECT_TRUE(rows.insert(std::string(shape.name)).second) << shape.name;
  for (auto const& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".json") files.insert(entry.path().stem());
  EXPECT_EQ(rows, files);
}

}  // namespace

namespace test {

boost::json::object parse_document(std::string_view text) {
  auto document = json::parse(text);
  EXPECT_TRUE(document) << text.substr(0, 200);
  return document && document->is_object() ? document->get_object() : boost::json::object();
}

}  // namespace test
}  // namespace posy::federation
