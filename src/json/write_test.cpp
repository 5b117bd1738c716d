#include "json/write.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <limits>

#include "json/test_types.hpp"

namespace posy::json {
namespace {

using test::Colour;
using test::Flower;

struct Reply {
  std::string text;
  std::unique_ptr<Reply> answer;
};
BOOST_DESCRIBE_STRUCT(Reply, (), (text, answer))

struct Nothing {
  Omittable<int> a;
  Omittable<std::optional<int>> b;
};
BOOST_DESCRIBE_STRUCT(Nothing, (), (a, b))

TEST(JsonWrite, KnowsScalars) {
  EXPECT_EQ(to_json(true), "true");
  EXPECT_EQ(to_json(std::int8_t{-5}), "-5");
  EXPECT_EQ(to_json(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(to_json(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
  EXPECT_EQ(to_json(0.1), "0.1");
  EXPECT_EQ(to_json(1.0), "1");
  EXPECT_EQ(to_json(PostId{116}), R"("116")");
  EXPECT_EQ(to_json(from_milliseconds(0)), R"("1970-01-01T00:00:00.000Z")");
  EXPECT_EQ(to_json(Colour::pale_blue), R"("pale-blue")");
}

TEST(JsonWrite, HasNoWordForNanAndInfinity) {
  EXPECT_EQ(to_json(std::numeric_limits<double>::quiet_NaN()), "null");
  EXPECT_EQ(to_json(-std::numeric_limits<double>::infinity()), "null");
}

TEST(JsonWrite, EscapesStrings) {
  EXPECT_EQ(to_json("say \"hi\" \\ \n\r\t\b\f\x01\x1f/"), R"("say \"hi\" \\ \n\r\t\b\f\u0001\u001f/")");
  EXPECT_EQ(to_json(std::string("a\0b", 3)), R"("a\u0000b")");
  EXPECT_EQ(to_json("é 🌸 \u2028\u2029"), "\"é 🌸 \u2028\u2029\"");
  EXPECT_EQ(to_json(std::string_view{}), "\"\"");
}

TEST(JsonWrite, EveryByteStringBecomesValidJson) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      std::string text{'a', char(first), char(second), 'b'};
      boost::json::error_code error;
      auto back = boost::json::parse(to_json(text), error);
      ASSERT_FALSE(error) << first << ' ' << second;
      ASSERT_TRUE(back.get_string().starts_with("a") && back.get_string().ends_with("b"));
    }
  }
}

TEST(JsonWrite, ReplacesBrokenUtf8PartByPart) {
  EXPECT_EQ(to_json("a\xff"
                    "b"),
            "\"a\uFFFDb\"");
  EXPECT_EQ(to_json("\xf0\x9f\x8c"), "\"\uFFFD\"");              // cut off: one part
  EXPECT_EQ(to_json("\xed\xa0\x80"), "\"\uFFFD\uFFFD\uFFFD\"");  // a surrogate: three
  EXPECT_EQ(to_json("\xc0\xaf"), "\"\uFFFD\uFFFD\"");            // overlong
  EXPECT_EQ(to_json("\xe2\x82\"x"), "\"\uFFFD\\\"x\"");          // the quote survives
}

TEST(JsonWrite, DescribedStructsWithTheirBases) {
  Flower flower;
  flower.name = "Posy";
  flower.petals = 5;
  EXPECT_EQ(to_json(flower), R"({"name":"Posy","petals":5,"colour":null,"private":false})");
  flower.colour = Colour::red;
  flower.wilted = false;
  EXPECT_EQ(to_json(flower), R"({"name":"Posy","petals":5,"colour":"red","wilted":false,"private":false})");
}

TEST(JsonWrite, AnOmittableIsAbsentAndAnOptionalNull) {
  EXPECT_EQ(to_json(Nothing{}), "{}");
  Nothing some;
  some.b.emplace();
  EXPECT_EQ(to_json(some), R"({"b":null})");
}

TEST(JsonWrite, ListsMapsAndVariants) {
  EXPECT_EQ(to_json(std::vector<int>{}), "[]");
  EXPECT_EQ(to_json(std::vector<bool>{true, false}), "[true,false]");
  std::array<std::string, 2> names{"a,", "b"};
  EXPECT_EQ(to_json(std::span{names}), R"(["a,","b"])");
  EXPECT_EQ(to_json(std::map<std::string, std::vector<int>>{{"a\"", {1, 2}}, {"b", {}}}),
            R"({"a\"":[1,2],"b":[]})");
  using Either = std::variant<std::monostate, int, std::string>;
  EXPECT_EQ(to_json(std::vector<Either>{{}, 1, "x"}), R"([null,1,"x"])");
}

TEST(JsonWrite, PointersAreTheirValueOrNull) {
  Reply reply{"one", std::make_unique<Reply>(Reply{"two", nullptr})};
  EXPECT_EQ(to_json(reply), R"({"text":"one","answer":{"text":"two","answer":null}})");
}

TEST(JsonWrite, RenderedTextIsWrittenAsItIs) {
  std::vector<std::shared_ptr<std::string const>> parts{std::make_shared<std::string const>("{\"a\":1}"),
                                                        nullptr};
  EXPECT_EQ(to_json(parts), R"([{"a":1},null])");
  EXPECT_EQ(to_json(std::vector<Raw>{{"[1,2]"}, {"3"}}), "[[1,2],3]");
}

TEST(JsonWrite, TreesSurviveARoundTrip) {
  auto tree =
      boost::json::parse(R"({"a":[1,-2,2.5,"x\n",null,true,{}],"b":{"c":[]},"d":18446744073709551615})");
  EXPECT_EQ(boost::json::parse(to_json(tree)), tree);
  EXPECT_EQ(to_json(boost::json::object{}), "{}");
}

}  // namespace
}  // namespace posy::json
