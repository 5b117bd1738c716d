#include "json/canonical.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <limits>

#include "json/parse.hpp"

namespace posy::json {
namespace {

std::string canonical_of(std::string_view text) {
  return canonical(parse(text, {.depth_max = 100}).value()).value();
}

std::string canonical_number(std::uint64_t bits) {
  return canonical(boost::json::value(std::bit_cast<double>(bits))).value();
}

// RFC 8785, section 3.2.2.
TEST(Canonical, AgreesWithTheExampleOfTheRfc) {
  EXPECT_EQ(canonical_of(R"({
    "numbers": [1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  })"),
            R"({"literals":[null,true,false],"numbers":[1e+30,4.5,0.002,1e-27],)"
            R"("string":"€$\u000f\nA'B\"\\\\\"/"})");
}

// Section 3.2.3.
TEST(Canonical, SortsByCodeUnitsOfUtf16) {
  EXPECT_EQ(canonical_of(R"({"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter",
    "1": "One", "\ud83d\ude00": "Emoji", "\u0080": "Control", "\u00f6": "Latin Small Letter"})"),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter\","
            "\"€\":\"Euro Sign\",\"😀\":\"Emoji\",\"\ufb33\":\"Hebrew Letter\"}");
}

TEST(Canonical, SortsPrefixesAndBordersOfPlanes) {
  EXPECT_EQ(canonical_of(R"({"b":1,"ab":2,"a":3,"":4,"aa":5,"A":6})"),
            R"({"":4,"A":6,"a":3,"aa":5,"ab":2,"b":1})");
  EXPECT_EQ(canonical_of("{\"x\uffff\":1,\"x\ue000\":2,\"x\ud7ff\":3,\"x\U00010000\":4,\"x\U0010ffff\":5}"),
            "{\"x\ud7ff\":3,\"x\U00010000\":4,\"x\U0010ffff\":5,\"x\ue000\":2,\"x\uffff\":1}");
}

// Appendix B.
TEST(Canonical, WritesNumbersAsEcmaScriptDoes) {
  std::pair<std::uint64_t, std::string> const examples[] = {
      {0x0000000000000000, "0"},
      {0x8000000000000000, "0"},
      {0x0000000000000001, "5e-324"},
      {0x8000000000000001, "-5e-324"},
      {0x7fefffffffffffff, "1.7976931348623157e+308"},
      {0xffefffffffffffff, "-1.7976931348623157e+308"},
      {0x4340000000000000, "9007199254740992"},
      {0xc340000000000000, "-9007199254740992"},
      {0x4430000000000000, "295147905179352830000"},
      {0x44b52d02c7e14af5, "9.999999999999997e+22"},
      {0x44b52d02c7e14af6, "1e+23"},
      {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
      {0x444b1ae4d6e2ef4e, "999999999999999700000"},
      {0x444b1ae4d6e2ef4f, "999999999999999900000"},
      {0x444b1ae4d6e2ef50, "1e+21"},
      {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
      {0x3eb0c6f7a0b5ed8d, "0.000001"},
      {0x41b3de4355555553, "333333333.3333332"},
      {0x41b3de4355555554, "333333333.33333325"},
      {0x41b3de4355555555, "333333333.3333333"},
      {0x41b3de4355555556, "333333333.3333334"},
      {0x41b3de4355555557, "333333333.33333343"},
      {0xbecbf647612f3696, "-0.0000033333333333333333"},
      {0x43143ff3c1cb0959, "1424953923781206.2"},
  };
  for (auto const& [bits, text] : examples) EXPECT_EQ(canonical_number(bits), text);
}

TEST(Canonical, WritesIntegersAsDoubles) {
  EXPECT_EQ(canonical_of("[0,-0,-5,10,100,1.0,1e2,12.50]"), "[0,0,-5,10,100,1,100,12.5]");
  EXPECT_EQ(canonical_of("9007199254740993"), "9007199254740992");
  EXPECT_EQ(canonical_of("-9223372036854775808"), "-9223372036854776000");
  EXPECT_EQ(canonical_of("18446744073709551615"), "18446744073709552000");
}

TEST(Canonical, EscapesAsLittleAsPossible) {
  EXPECT_EQ(canonical_of(R"("\u0000\u0001\u001f\b\t\n\f\r\u007f\u2028/<>&é")"),
            "\"\\u0000\\u0001\\u001f\\b\\t\\n\\f\\r\x7f\u2028/<>&é\"");
}

TEST(Canonical, EmptyThingsStayEmpty) {
  EXPECT_EQ(canonical_of(R"({"o":{},"a":[],"s":"","n":[[],{}]})"), R"({"a":[],"n":[[],{}],"o":{},"s":""})");
}

TEST(Canonical, RefusesWhatHasNoForm) {
  for (double bad : {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
                     std::numeric_limits<double>::quiet_NaN()})
    EXPECT_FALSE(canonical(boost::json::value(bad)));
  EXPECT_FALSE(canonical(parse("[1e999]").value()));
  EXPECT_FALSE(canonical(boost::json::value("\xff")));
  EXPECT_FALSE(canonical(boost::json::object{{"\xc3", 1}}));
  EXPECT_EQ(canonical(boost::json::value("\xff")).error().refusal, Refusal::unprocessable);
}

TEST(Canonical, BoundsTheDepth) {
  auto nested = [](std::size_t depth) {
    return parse(std::string(depth, '[') + std::string(depth, ']'), {.depth_max = 1000}).value();
  };
  EXPECT_TRUE(canonical(nested(canonical_depth_max)));
  EXPECT_FALSE(canonical(nested(canonical_depth_max + 1)));
  boost::json::value objects = 1;
  for (std::size_t i = 0; i <= canonical_depth_max; ++i)
    objects = boost::json::object{{"a", std::move(objects)}};
  EXPECT_FALSE(canonical(objects));
}

TEST(Canonical, CanonicalTextIsItsOwnForm) {
  std::string const text = canonical_of(R"({"b":[1.5,{"z":"ü","y":null}],"a":"\u00fc\u0007"})");
  EXPECT_EQ(canonical_of(text), text);
}

}  // namespace
}  // namespace posy::json
