#include "json/parse.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace posy::json {
namespace {

TEST(JsonParse, AcceptsAnyDocument) {
  EXPECT_TRUE(parse("[1, {\"a\": null}]"));
  EXPECT_TRUE(parse(" 5 "));
  EXPECT_EQ(parse(R"({"a":1,"a":2})")->at("a").as_int64(), 2);
}

TEST(JsonParse, RefusesWhatIsNoJson) {
  for (std::string_view bad : {"", "{", "[1,]", "{'a':1}", "nul", "1 2", "// c\n1", "NaN", "\"\xff\"",
                               "\"\\ud800\"", "\"a\nb\"", "{\"a\"}", "\xef\xbb\xbf{}", "[1}", "\"\\x\""}) {
    auto result = parse(bad);
    ASSERT_FALSE(result) << bad;
    EXPECT_EQ(result.error().refusal, Refusal::bad_request);
  }
}

// A signed document must keep its numbers to the last digit.
TEST(JsonParse, ReadsTheNearestDouble) {
  EXPECT_EQ(parse("333333333.33333329")->as_double(), 333333333.33333329);
  EXPECT_EQ(parse("48.856614000000004")->as_double(), 48.856614000000004);
  EXPECT_EQ(parse("-1.7976931348623157e308")->as_double(), -1.7976931348623157e308);
  EXPECT_EQ(parse("5e-324")->as_double(), 5e-324);
  EXPECT_TRUE(std::isinf(parse("1e999")->as_double()));
}

TEST(JsonParse, RefusesWhatHasTooManyValues) {
  auto list = [](int count) {
    std::string text = "[1";
    for (int i = 1; i < count; ++i) text += ",1";
    return text + "]";
  };
  EXPECT_TRUE(parse(list(9), {.values_max = 10}));  // the list is one itself
  auto refused = parse(list(10), {.values_max = 10});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().refusal, Refusal::too_large);
  EXPECT_FALSE(parse(R"({"a":{"b":[]},"c":"d"})", {.values_max = 3}));
  EXPECT_TRUE(parse(R"({"a":{"b":[]},"c":"d"})", {.values_max = 4}));
  EXPECT_TRUE(parse(list(49'999)));
  EXPECT_FALSE(parse(list(50'000)));
}

TEST(JsonParse, RefusesWhatIsTooLargeOrTooDeep) {
  EXPECT_EQ(parse("[1,2,3,4]", {.bytes_max = 8}).error().refusal, Refusal::too_large);
  EXPECT_TRUE(parse("[[[1]]]", {.depth_max = 3}));
  EXPECT_EQ(parse("[[[[1]]]]", {.depth_max = 3}).error().refusal, Refusal::bad_request);
  EXPECT_EQ(parse(std::string(500'000, '[')).error().refusal, Refusal::bad_request);
  EXPECT_EQ(parse(std::string(500'000, '{')).error().refusal, Refusal::bad_request);
}

}  // namespace
}  // namespace posy::json
