#include "json/read.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "json/parse.hpp"
#include "json/test_types.hpp"
#include "json/write.hpp"

namespace posy::json {
namespace {

using test::Colour;
using test::Flower;

struct Poll {
  std::vector<std::string> options;
  std::int32_t expires_in = 0;
  std::optional<bool> multiple;
};
BOOST_DESCRIBE_STRUCT(Poll, (), (options, expires_in, multiple))

struct Draft {
  std::optional<std::string> status;
  std::vector<MediaId> media_ids;
  std::optional<Poll> poll;
  std::optional<Colour> colour;
  std::optional<Time> scheduled_at;
  std::optional<PostId> in_reply_to_id;
  Omittable<std::optional<std::string>> note;
  std::optional<double> focus;
  std::optional<std::uint8_t> small;
  std::vector<test::Named> fields;
  std::map<std::string, std::string> extra;
  boost::json::value data;
};
BOOST_DESCRIBE_STRUCT(Draft, (),
                      (status, media_ids, poll, colour, scheduled_at, in_reply_to_id, note, focus, small,
                       fields, extra, data))

Result<Draft> draft(std::string_view text) {
  return read<Draft>(boost::json::parse(boost::json::string_view{text.data(), text.size()}).as_object());
}

std::string complaint(std::string_view text) {
  auto result = draft(text);
  if (result) return "accepted";
  EXPECT_EQ(result.error().refusal, Refusal::unprocessable);
  return result.error().message;
}

bool flag(std::string_view value) {
  return *draft(R"({"poll":{"expires_in":1,"multiple":)" + std::string(value) + "}}")->poll->multiple;
}

TEST(JsonRead, NothingGivenLeavesAllEmpty) {
  auto empty = draft("{}").value();
  EXPECT_FALSE(empty.status || empty.poll || empty.note.has_value());
  EXPECT_TRUE(empty.media_ids.empty() && empty.data.is_null());
}

TEST(JsonRead, FormsAndJsonMeanTheSame) {
  for (auto text : {R"({"poll":{"options":["a","b"],"expires_in":300,"multiple":true},"media_ids":[1,"2"]})",
                    R"({"poll":{"options":{"1":"b","0":"a"},"expires_in":"300","multiple":"on"},
                        "media_ids":{"7":"2","3":"1"}})"}) {
    auto read = draft(text).value();
    EXPECT_EQ(read.poll->options, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(read.poll->expires_in, 300);
    EXPECT_TRUE(*read.poll->multiple);
    EXPECT_EQ(read.media_ids, (std::vector<MediaId>{{1}, {2}}));
  }
}

TEST(JsonRead, KnowsTheWordsForTrueAndFalse) {
  for (auto yes : {"true", "1", "1.0", R"("1")", R"("true")", R"("TRUE")", R"("on")", R"("t")", R"("yes")"})
    EXPECT_TRUE(flag(yes)) << yes;
  for (auto no : {"false", "0", R"("0")", R"("false")", R"("Off")", R"("f")"}) EXPECT_FALSE(flag(no)) << no;
  for (auto bad : {R"("maybe")", "2", "[]", "{}", R"("truee")"})
    EXPECT_EQ(complaint(R"({"poll":{"expires_in":1,"multiple":)" + std::string(bad) + "}}"),
              "Invalid value for poll[multiple]");
}

TEST(JsonRead, RequiredMembersMustBeGiven) {
  EXPECT_EQ(complaint(R"({"poll":{}})"), "Validation failed: poll[expires_in] can't be blank");
  EXPECT_EQ(complaint(R"({"poll":{"expires_in":null}})"),
            "Validation failed: poll[expires_in] can't be blank");
  EXPECT_EQ(complaint(R"({"poll":{"expires_in":""}})"), "Validation failed: poll[expires_in] can't be blank");
  EXPECT_EQ(complaint(R"({"fields":[{"name":"a"},{}]})"),
            "Validation failed: fields[1][name] can't be blank");
}

TEST(JsonRead, NumbersAreCheckedForRange) {
  EXPECT_EQ(*draft(R"({"small":"255"})")->small, 255);
  EXPECT_EQ(*draft(R"({"small":2.0})")->small, 2);
  for (auto bad : {"256", "-1", "1.5", "1e300", R"("1x")", R"(" 1")", R"("99999999999999999999")", "true",
                   "18446744073709551615"})
    EXPECT_EQ(complaint(R"({"small":)" + std::string(bad) + "}"), "Invalid value for small") << bad;
  EXPECT_EQ(*draft(R"({"focus":"-0.25"})")->focus, -0.25);
  EXPECT_EQ(*draft(R"({"focus":1})")->focus, 1.0);
  for (auto bad : {R"("nan")", R"("inf")", R"("1,5")", "[1,2]"})
    EXPECT_EQ(complaint(R"({"focus":)" + std::string(bad) + "}"), "Invalid value for focus") << bad;
}

TEST(JsonRead, AnIdIsADecimalNumber) {
  EXPECT_EQ(*draft(R"({"in_reply_to_id":"116000"})")->in_reply_to_id, PostId{116000});
  EXPECT_EQ(*draft(R"({"in_reply_to_id":"0"})")->in_reply_to_id, PostId{});
  EXPECT_FALSE(draft(R"({"in_reply_to_id":""})")->in_reply_to_id);
  for (auto bad : {R"("abc")", R"("-1")", "-1", R"("1 or 1=1")", "1.5", R"("9223372036854775808")", "{}"})
    EXPECT_EQ(complaint(R"({"in_reply_to_id":)" + std::string(bad) + "}"),
              "Invalid value for in_reply_to_id");
}

TEST(JsonRead, StringsAreTextOnly) {
  EXPECT_EQ(*draft(R"({"status":""})")->status, "");
  EXPECT_EQ(*draft(R"({"status":42})")->status, "42");
  EXPECT_EQ(*draft(R"({"status":false})")->status, "false");
  EXPECT_FALSE(draft(R"({"status":null})")->status);
  for (auto bad : {"{}", "[]", R"(["a"])", R"("a\u0000b")"})
    EXPECT_EQ(complaint(R"({"status":)" + std::string(bad) + "}"), "Invalid value for status") << bad;
  boost::json::object broken{{"status", "caf\xe9"}};
  EXPECT_EQ(read<Draft>(broken).error().message, "Invalid value for status");
}

TEST(JsonRead, NullIsToldFromAbsentWhereAsked) {
  auto cleared = draft(R"({"note":null})").value();
  ASSERT_TRUE(cleared.note.has_value());
  EXPECT_FALSE(cleared.note->has_value());
  EXPECT_EQ(**draft(R"({"note":"x"})")->note, "x");
}

TEST(JsonRead, EnumsAndTimes) {
  EXPECT_EQ(*draft(R"({"colour":"pale-blue"})")->colour, Colour::pale_blue);
  EXPECT_FALSE(draft(R"({"colour":""})")->colour);
  EXPECT_EQ(complaint(R"({"colour":"green"})"), "Invalid value for colour");
  EXPECT_EQ(complaint(R"({"colour":1})"), "Invalid value for colour");
  EXPECT_EQ(*draft(R"({"scheduled_at":"1970-01-01T01:00:00+01:00"})")->scheduled_at, from_milliseconds(0));
  EXPECT_EQ(complaint(R"({"scheduled_at":"tomorrow"})"), "Invalid value for scheduled_at");
}

TEST(JsonRead, ListsAreBounded) {
  EXPECT_EQ(draft(R"({"media_ids":"5"})")->media_ids, std::vector<MediaId>{{5}});
  EXPECT_TRUE(draft(R"({"media_ids":[""]})")->media_ids.empty());
  EXPECT_EQ(complaint(R"({"media_ids":["1","x"]})"), "Invalid value for media_ids[1]");
  EXPECT_EQ(complaint(R"({"media_ids":{"a":"1"}})"), "Invalid value for media_ids");
  EXPECT_EQ(complaint(R"({"media_ids":{"1":"1","01":"2"}})"), "Invalid value for media_ids");
  boost::json::object many{{"media_ids", boost::json::array(list_items_max + 1, 1)}};
  EXPECT_EQ(read<Draft>(many).error().message, "Invalid value for media_ids");
}

TEST(JsonRead, MapsAndTreesPassThrough) {
  auto read = draft(R"({"extra":{"a":"1","b":2},"data":{"x":[null]}})").value();
  EXPECT_EQ(read.extra, (std::map<std::string, std::string>{{"a", "1"}, {"b", "2"}}));
  EXPECT_EQ(to_json(read.data), R"({"x":[null]})");
  EXPECT_EQ(complaint(R"({"extra":"x"})"), "Invalid value for extra");
  EXPECT_EQ(complaint(R"({"poll":"x"})"), "Invalid value for poll");
}

TEST(JsonRead, WhatIsWrittenCanBeRead) {
  Flower flower;
  flower.name = "Posy \"\u2028";
  flower.petals = 7;
  flower.colour = Colour::red;
  flower.private_ = true;
  auto back = read<Flower>(parse(to_json(flower)).value()).value();
  EXPECT_EQ(back.name, flower.name);
  EXPECT_EQ(back.petals, 7);
  EXPECT_EQ(back.colour, Colour::red);
  EXPECT_FALSE(back.wilted.has_value());
  EXPECT_TRUE(back.private_);
}

TEST(JsonRead, ADocumentOfTheWrongKindIsRefused) {
  EXPECT_FALSE(read<Flower>(boost::json::value{1}));
  EXPECT_FALSE(read<Flower>(boost::json::value(boost::json::array{})));
}

}  // namespace
}  // namespace posy::json
