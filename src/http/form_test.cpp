#include "http/form.hpp"

#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace posy::http {
namespace {

std::string tree(std::string_view form) {
  auto params = parse_form(form);
  return params ? boost::json::serialize(*params) : params.error().message;
}

std::string from_json(std::string_view text) {
  auto params = parse_json_body(text);
  return params ? boost::json::serialize(*params) : params.error().message;
}

TEST(Form, ReadsNamesAsRailsDoes) {
  EXPECT_EQ(tree("a=1&b=x+y%21"), R"({"a":"1","b":"x y!"})");
  EXPECT_EQ(tree("a=1&a=2"), R"({"a":"2"})");
  EXPECT_EQ(tree("a[]=1&a[]=2"), R"({"a":["1","2"]})");
  EXPECT_EQ(tree("a%5B%5D=1&a%5b%5d=2"), R"({"a":["1","2"]})");
  EXPECT_EQ(tree("poll[options][]=x&poll[options][]=y&poll[expires_in]=60"),
            R"({"poll":{"options":["x","y"],"expires_in":"60"}})");
  EXPECT_EQ(tree("fields_attributes[0][name]=n&fields_attributes[0][value]=v"),
            R"({"fields_attributes":{"0":{"name":"n","value":"v"}}})");
  EXPECT_EQ(tree("m[][id]=1&m[][text]=a&m[][id]=2&m[][text]=b"),
            R"({"m":[{"id":"1","text":"a"},{"id":"2","text":"b"}]})");
}

TEST(Form, TakesOddTextAsItStands) {
  EXPECT_EQ(tree(""), "{}");
  EXPECT_EQ(tree("&&=x&"), "{}");
  EXPECT_EQ(tree("a"), R"({"a":""})");
  EXPECT_EQ(tree("a=b=c"), R"({"a":"b=c"})");
  EXPECT_EQ(tree("a[b=1&[c]=2&d[e]f=3&g]=4"), R"({"a[b":"1","[c]":"2","d[e]f":"3","g]":"4"})");
  EXPECT_EQ(tree("a=%zz%4"), R"({"a":"%zz%4"})");
}

TEST(Form, RefusesWhatContradictsItself) {
  constexpr auto clash = "A parameter is used both as a value and as a list or object";
  EXPECT_EQ(tree("a=1&a[]=2"), clash);
  EXPECT_EQ(tree("a[]=1&a=2"), clash);
  EXPECT_EQ(tree("a[]=1&a[b]=2"), clash);
  EXPECT_EQ(tree("a[b]=1&a[b][c]=2"), clash);
  EXPECT_EQ(tree("a[][]=1"), "Lists directly in lists are not understood");
}

TEST(Form, RefusesHostileText) {
  EXPECT_EQ(tree("a=%ff"), "Invalid UTF-8");
  EXPECT_EQ(tree("%c0%80=1"), "Invalid UTF-8");
  EXPECT_EQ(tree("a=%00"), "Invalid character NUL");
  std::string many;
  for (int i = 0; i < 10'000; ++i) many += "a[]=1&";
  EXPECT_EQ(tree(many), "Too many parameters");
  std::string deep = "a";
  for (int i = 0; i < 15; ++i) deep += "[b]";
  EXPECT_TRUE(parse_form(deep + "=1"));
  EXPECT_EQ(tree(deep + "[b]=1"), "Parameters are nested too deeply");
}

TEST(JsonBody, IsTakenAsItIs) {
  EXPECT_EQ(from_json(R"({"a":[1,null,{"b":true}]})"), R"({"a":[1,null,{"b":true}]})");
  EXPECT_EQ(from_json("[1,2]"), R"({"_json":[1,2]})");
  EXPECT_EQ(from_json(" \n"), "{}");
}

TEST(JsonBody, RefusesHostileText) {
  EXPECT_EQ(from_json("{"), "Malformed JSON");
  EXPECT_EQ(from_json("{} x"), "Malformed JSON");
  EXPECT_EQ(from_json("12"), "A JSON body must be an object or an array");
  EXPECT_EQ(from_json("{\"a\":\"\xff\"}"), "Invalid UTF-8");
  EXPECT_EQ(from_json(R"({"a":"\ud800"})"), "Malformed JSON");
  EXPECT_EQ(from_json(R"({"a":["\u0000"]})"), "Invalid character NUL");
  EXPECT_EQ(from_json(R"({"\u0000":1})"), "Invalid character NUL");
  EXPECT_EQ(from_json(R"({"a":"\\u0000"})"), R"({"a":"\\u0000"})");
  EXPECT_EQ(from_json(std::string(100'000, '[')), "JSON is nested too deeply");
}

TEST(Params, OfTheBodyReplaceThoseOfTheQuery) {
  auto into = parse_form("a=1&b[]=2&c=3").value();
  merge_params(into, parse_json_body(R"({"b":{"x":1},"d":4})").value());
  EXPECT_EQ(boost::json::serialize(into), R"({"a":"1","b":{"x":1},"c":"3","d":4})");
}

}  // namespace
}  // namespace posy::http
