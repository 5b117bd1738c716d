#include "json/parse.hpp"

#include <gtest/gtest.h>

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

TEST(JsonParse, RefusesWhatIsTooLargeOrTooDeep) {
  EXPECT_EQ(parse("[1,2,3,4]", {.bytes_max = 8}).error().refusal, Refusal::too_large);
  EXPECT_TRUE(parse("[[[1]]]", {.depth_max = 3}));
  EXPECT_EQ(parse("[[[[1]]]]", {.depth_max = 3}).error().refusal, Refusal::bad_request);
  EXPECT_EQ(parse(std::string(500'000, '[')).error().refusal, Refusal::bad_request);
  EXPECT_EQ(parse(std::string(500'000, '{')).error().refusal, Refusal::bad_request);
}

}  // namespace
}  // namespace posy::json
