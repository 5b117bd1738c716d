#include "federation/signatures/structured_fields.hpp"

#include <gtest/gtest.h>

namespace posy::signatures {
namespace {

using List = std::vector<Item>;

TEST(StructuredFields, ReadsASignatureInput) {
  auto members =
      parse_dictionary(
          R"(sig1=("@method" "a b";sf);created=1618884473;keyid="k\"\\";x;y=?0;z=tok/en:*, sig2=())")
          .value();
  ASSERT_EQ(members.size(), 2u);
  EXPECT_EQ(members[0].key, "sig1");
  auto const& list = std::get<List>(members[0].value);
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(std::get<std::string>(list[1].value), "a b");
  EXPECT_TRUE(has_parameter(list[1].parameters, "sf"));
  auto const& parameters = members[0].parameters;
  EXPECT_EQ(*find_parameter<std::int64_t>(parameters, "created"), 1618884473);
  EXPECT_EQ(*find_parameter<std::string>(parameters, "keyid"), "k\"\\");
  EXPECT_TRUE(*find_parameter<bool>(parameters, "x"));
  EXPECT_FALSE(*find_parameter<bool>(parameters, "y"));
  EXPECT_EQ(find_parameter<Token>(parameters, "z")->text, "tok/en:*");
  EXPECT_EQ(find_parameter<std::string>(parameters, "created"), nullptr);
  EXPECT_EQ(find_parameter<std::string>(parameters, "none"), nullptr);
  EXPECT_TRUE(std::get<List>(members[1].value).empty());
}

TEST(StructuredFields, ReadsItems) {
  auto members = parse_dictionary("  a=:aGVsbG8=:,\tb , c=-7;d=1,*e.-_=::  ").value();
  ASSERT_EQ(members.size(), 4u);
  EXPECT_EQ(std::get<Bytes>(std::get<Item>(members[0].value).value).bytes, "hello");
  EXPECT_TRUE(std::get<bool>(std::get<Item>(members[1].value).value));
  EXPECT_EQ(std::get<std::int64_t>(std::get<Item>(members[2].value).value), -7);
  EXPECT_EQ(members[3].key, "*e.-_");
  EXPECT_TRUE(parse_dictionary("").value().empty());
  EXPECT_TRUE(parse_dictionary("   ").value().empty());
}

TEST(StructuredFields, SerialisesWhatItReadInTheOneSpelling) {
  auto const spelling = [](std::string_view text) {
    auto member = parse_dictionary(text).value().front();
    return serialise(std::get<List>(member.value), member.parameters);
  };
  std::string const canonical = R"(("a" "b";req;key="x\\");created=5;alg="y";flag;no=?0;t=to/k;b=:aGVsbG8=:)";
  EXPECT_EQ(spelling("sig=" + canonical), canonical);
  EXPECT_EQ(spelling(R"(sig=(  "a"   "b"  );  created=007;b=:aGVsbG8:)"),
            R"(("a" "b");created=7;b=:aGVsbG8=:)");
  EXPECT_EQ(spelling("sig=()"), "()");
}

TEST(StructuredFields, RefusesWhatIsMalformed) {
  for (std::string_view bad : {
           "a=",
           "=1",
           "A=1",
           "1=1",
           "a=1,",
           ",a=1",
           "a=1,,b=1",
           "a=1 b=1",
           "a=1;",
           "a=1;B",
           "a=1; =2",
           "a=1;b=",
           "a=\"",
           "a=\"\\x\"",
           "a=\"\\",
           "a=\"\x01\"",
           "a=\"\x80\"",
           "a=\"\n\"",
           "a=:a",
           "a=:a:",
           "a=:!!!!:",
           "a=:aGV_:",
           "a=(",
           "a=(\"x\"",
           "a=(\"x\"\"y\")",
           "a=(\"x\",\"y\")",
           "a=(\"x\"\t\"y\")",
           "a=((\"x\"))",
           "a=()x",
           "a=?2",
           "a=?",
           "a=-",
           "a=1.5",
           "a=1234567890123456",
           "a=--1",
           "a=@1",
           "a=é",
           "a = 1",
           // Twice the same key: which one would another reader take?
           "a=1,a=2",
           "a=1;b=1;b=2",
           "sig1=();created=1;created=2",
       }) {
    auto members = parse_dictionary(bad);
    ASSERT_FALSE(members) << bad;
    EXPECT_EQ(members.error().refusal, Refusal::unauthorized);
  }
}

TEST(StructuredFields, BoundsEverything) {
  auto repeated = [](std::size_t count, auto piece) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += piece(std::to_string(i));
    return out;
  };
  auto dictionary = [&](std::size_t count) {
    return "z" + repeated(count - 1, [](auto const& i) { return ",k" + i; });
  };
  EXPECT_TRUE(parse_dictionary(dictionary(dictionary_members_max)));
  EXPECT_FALSE(parse_dictionary(dictionary(dictionary_members_max + 1)));
  auto list = [&](std::size_t count) {
    return "a=(" + repeated(count, [](auto const&) { return " 1"; }) + ")";
  };
  EXPECT_TRUE(parse_dictionary(list(list_items_max)));
  EXPECT_FALSE(parse_dictionary(list(list_items_max + 1)));
  auto parameters = [&](std::size_t count) {
    return "a" + repeated(count, [](auto const& i) { return ";k" + i; });
  };
  EXPECT_TRUE(parse_dictionary(parameters(item_parameters_max)));
  EXPECT_FALSE(parse_dictionary(parameters(item_parameters_max + 1)));
  EXPECT_TRUE(parse_dictionary("a=\"" + std::string(structured_field_bytes_max - 4, 'x') + "\""));
  EXPECT_FALSE(parse_dictionary("a=\"" + std::string(structured_field_bytes_max - 3, 'x') + "\""));
  EXPECT_FALSE(parse_dictionary(std::string(5'000'000, '(')));
}

}  // namespace
}  // namespace posy::signatures
