// Nothing that a stranger sends may hurt more than its size. Wrong types, absurd amounts, lies in ids.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "base/encoding.hpp"
#include "federation/vocabulary/activity.hpp"
#include "federation/vocabulary/actor.hpp"
#include "federation/vocabulary/limits.hpp"
#include "federation/vocabulary/nodeinfo.hpp"
#include "federation/vocabulary/object.hpp"
#include "federation/vocabulary/test_shapes.hpp"
#include "federation/vocabulary/webfinger.hpp"
#include "json/parse.hpp"

namespace posy::federation {
namespace {

namespace json = boost::json;

json::object document(std::string_view type) {
  return {{"id", "https://a.example/1"},
          {"type", json::string_view(type.data(), type.size())},
          {"actor", "https://a.example/u"}};
}

void read_everything(json::object const& document) {
  (void)read_actor(document);
  (void)read_object(document);
  (void)read_activity(document);
  (void)read_collection(document);
  (void)read_authorization(document);
  (void)read_tombstone(document);
  (void)read_webfinger(document);
  (void)read_nodeinfo(document);
  (void)read_nodeinfo_address(document);
}

constexpr char const* members[] = {"@context",
                                   "id",
                                   "type",
                                   "actor",
                                   "object",
                                   "target",
                                   "origin",
                                   "result",
                                   "instrument",
                                   "to",
                                   "cc",
                                   "audience",
                                   "attributedTo",
                                   "name",
                                   "nameMap",
                                   "summary",
                                   "summaryMap",
                                   "content",
                                   "contentMap",
                                   "mediaType",
                                   "language",
                                   "inLanguage",
                                   "sensitive",
                                   "inReplyTo",
                                   "url",
                                   "published",
                                   "updated",
                                   "attachment",
                                   "tag",
                                   "icon",
                                   "image",
                                   "preview",
                                   "quote",
                                   "quoteUrl",
                                   "quoteUri",
                                   "_misskey_quote",
                                   "quoteAuthorization",
                                   "interactionPolicy",
                                   "replies",
                                   "likes",
                                   "shares",
                                   "context",
                                   "conversation",
                                   "source",
                                   "oneOf",
                                   "anyOf",
                                   "endTime",
                                   "startTime",
                                   "closed",
                                   "votersCount",
                                   "location",
                                   "duration",
                                   "preferredUsername",
                                   "inbox",
                                   "outbox",
                                   "followers",
                                   "featured",
                                   "endpoints",
                                   "publicKey",
                                   "assertionMethod",
                                   "manuallyApprovesFollowers",
                                   "alsoKnownAs",
                                   "movedTo",
                                   "attributionDomains",
                                   "webfinger",
                                   "generator",
                                   "implements",
                                   "proof",
                                   "signature",
                                   "totalItems",
                                   "first",
                                   "next",
                                   "items",
                                   "orderedItems",
                                   "partOf",
                                   "links",
                                   "aliases",
                                   "subject",
                                   "software",
                                   "focalPoint",
                                   "deleted"};

TEST(Hostile, AnythingMayBeOfAnyType) {
  json::array junk = {nullptr, true, -1,   1e308,         -0.0,          std::uint64_t{18446744073709551615u},
                      "",      "x",  "\0", json::array{}, json::object{}};
  junk.push_back(json::array{nullptr, 5, json::array{json::array{"https://a.example/1"}}, json::object{}});
  junk.push_back(json::object{{"id", 5}, {"href", json::array{}}, {"type", json::object{}}, {"url", -1}});
  json::object nested;
  for (auto const* member : members) nested[member] = json::array{json::object{{"type", "Link"}}, 7, nullptr};
  junk.push_back(nested);
  for (auto type : {"Note", "Question", "Video", "Person", "Create", "Flag", "OrderedCollectionPage",
                    "Tombstone", "QuoteAuthorization", "Thing"}) {
    for (auto const* member : members) {
      for (auto const& value : junk) {
        auto hostile = document(type);
        hostile[member] = value;
        read_everything(hostile);
      }
    }
    for (auto const& value : junk) {  // all at once
      auto hostile = document(type);
      for (auto const* member : members)
        if (std::string_view(member) != "id" && std::string_view(member) != "type") hostile[member] = value;
      read_everything(hostile);
    }
  }
}

TEST(Hostile, IdsAreWebAddresses) {
  for (auto bad :
       {"javascript:alert(1)", "data:text/html,x", "/posts/1", "posts/1", "//a.example/1", "", "file:///x",
        "https://u:p@a.example/1", "https://a.example\\@b.example/1", "https://a.example/\t1"}) {
    auto note = document("Note");
    note["id"] = bad;
    EXPECT_FALSE(read_object(note)) << bad;
    note = document("Note");
    for (auto member : {"attributedTo", "to", "cc", "inReplyTo", "url", "quote", "quoteUrl", "context",
                        "replies", "quoteAuthorization", "likes", "shares"})
      note[member] = bad;
    note["attachment"] = json::array{json::object{{"type", "Image"}, {"url", bad}}, bad};
    note["tag"] = json::array{
        json::object{{"type", "Mention"}, {"href", bad}},
        json::object{
            {"type", "Emoji"}, {"name", ":x:"}, {"icon", json::object{{"type", "Image"}, {"url", bad}}}}};
    note["icon"] = bad;
    auto read = read_object(note).value();
    Object expected;
    expected.id = "https://a.example/1";
    EXPECT_EQ(read, expected) << bad;

    auto actor = document("Person");
    for (auto member : {"inbox", "outbox", "followers", "featured", "url", "movedTo", "alsoKnownAs", "icon"})
      actor[member] = bad;
    actor["endpoints"] = json::object{{"sharedInbox", bad}};
    actor["publicKey"] = json::object{{"id", bad}, {"publicKeyPem", "x"}};
    Actor expected_actor;
    expected_actor.id = "https://a.example/1";
    EXPECT_EQ(read_actor(actor).value(), expected_actor) << bad;

    auto activity = document("Create");
    activity["actor"] = bad;
    EXPECT_FALSE(read_activity(activity)) << bad;
  }
}

TEST(Hostile, ListsOfAMillionEndEarly) {
  json::array many;
  many.reserve(1'000'000);
  for (int i = 0; i < 1'000'000; ++i) many.emplace_back("https://a.example/" + std::to_string(i));
  // Lent to one document after the other: each copy of it would cost more than the reading.
  auto with = [&](std::string_view type, char const* member, auto read) {
    auto hostile = document(type);
    hostile[member] = std::move(many);
    read(hostile);
    many = std::move(hostile[member].as_array());
  };
  with("Note", "to",
       [](json::object const& note) { EXPECT_EQ(read_object(note)->to.size(), limits::addressees_max); });
  with("Note", "attributedTo", [](json::object const& note) {
    EXPECT_EQ(read_object(note)->attributed_to.size(), limits::authors_max);
  });
  with("Note", "attachment", [](json::object const& note) {
    EXPECT_EQ(read_object(note)->attachments.size(), limits::attachments_max);
  });
  with("Flag", "object",
       [](json::object const& flag) { EXPECT_EQ(read_activity(flag)->objects.size(), limits::objects_max); });
  with("OrderedCollectionPage", "orderedItems",
       [](json::object const& page) { EXPECT_EQ(read_collection(page)->items.size(), limits::items_max); });

  std::size_t const many_objects = 10'000;
  auto note = document("Note");
  note["tag"] = json::array(many_objects, json::object{{"type", "Hashtag"}, {"name", "#x"}});
  EXPECT_EQ(read_object(note)->tags.hashtags.size(), limits::tags_max);
  auto question = document("Question");
  question["oneOf"] = json::array(many_objects, json::object{{"type", "Note"}, {"name", "x"}});
  EXPECT_EQ(read_object(question)->poll->options.size(), limits::options_max);
}

TEST(Hostile, LongTextIsCutBetweenCharactersAndLongNamesAreAbsent) {
  auto note = document("Note");
  std::string long_text;
  while (long_text.size() < limits::text_bytes_max + 10) long_text += "\xe2\x82\xac";  // three bytes each
  note["summary"] = long_text;
  note["conversation"] = long_text;
  note["inReplyTo"] = "https://a.example/" + long_text;
  auto read = read_object(note).value();
  EXPECT_LE(read.summary.size(), limits::text_bytes_max);
  EXPECT_GT(read.summary.size(), limits::text_bytes_max - 4);
  EXPECT_TRUE(is_valid_utf8(read.summary));
  EXPECT_EQ(read.conversation, "");
  EXPECT_EQ(read.in_reply_to, "");
}

TEST(Hostile, NulIsDropped) {
  auto note = document("Note");
  note["content"] = json::string("a\0b", 3);
  note["name"] = json::string("\0", 1);
  auto read = read_object(note).value();
  EXPECT_EQ(read.content, "ab");
  EXPECT_EQ(read.name, "");
}

// The parser refuses what is too deep; what it lets through is followed one level down at most.
TEST(Hostile, DepthIsBounded) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += R"({"type":"Announce","actor":"https://a.example/u","object":)";
  text += "\"https://a.example/1\"" + std::string(40, '}');
  EXPECT_FALSE(posy::json::parse(text));

  json::object inner = document("Create");
  for (int i = 0; i < 200; ++i) {
    json::object outer = document("Announce");
    outer["object"] = std::move(inner);
    inner = std::move(outer);
  }
  EXPECT_EQ(read_activity(inner)->object.id, "https://a.example/1");
  read_everything(inner);
}

// Collections that hold themselves: each reading is one step, so a walk can count.
TEST(Hostile, WhatContainsItselfIsReadOneStepAtATime) {
  auto page = document("CollectionPage");
  page["next"] = "https://a.example/1";
  page["first"] = page;
  page["items"] = json::array{page, page};
  auto read = read_collection(page).value();
  EXPECT_EQ(read.next, read.id);
  EXPECT_EQ(read.items.size(), 2u);
  EXPECT_EQ(read_collection(read.first.embedded)->first, Reference{});
}

TEST(Hostile, NumbersStayWithinBounds) {
  auto note = document("Question");
  note["votersCount"] = -5;
  note["duration"] = "PT99999999999999999999999999S";
  note["oneOf"] = json::array{
      json::object{{"name", "a"}, {"replies", json::object{{"totalItems", 1e300}}}},
      json::object{{"name", "b"}, {"replies", json::object{{"totalItems", -1}}}},
      json::object{{"name", "c"},
                   {"replies", json::object{{"totalItems", std::uint64_t{18446744073709551615u}}}}}};
  note["attachment"] =
      json::object{{"type", "Image"}, {"url", "https://a.example/i.png"},  {"width", 1e18}, {"height", -3},
                   {"duration", -1},  {"focalPoint", json::array{7, -9.5}}};
  auto read = read_object(note).value();
  EXPECT_FALSE(read.poll->voters);
  EXPECT_EQ(read.duration, 0);
  EXPECT_EQ(read.poll->options.at(0).votes, std::int64_t{1} << 53);
  EXPECT_EQ(read.poll->options.at(1).votes, 0);
  EXPECT_EQ(read.poll->options.at(2).votes, std::int64_t{1} << 53);
  EXPECT_EQ(read.attachments.at(0).width, 0);
  EXPECT_EQ(read.attachments.at(0).height, 0);
  EXPECT_EQ(read.attachments.at(0).duration, 0);
  EXPECT_EQ(read.attachments.at(0).focus, (FocalPoint{1, -1}));
}

TEST(Hostile, LanguagesAndMediaTypesAreChecked) {
  auto language = [](std::string_view tag) {
    auto note = document("Note");
    note["contentMap"] = json::object{{json::string_view(tag.data(), tag.size()), "x"}};
    return read_object(note)->language;
  };
  EXPECT_EQ(language("pt-BR"), "pt-BR");
  for (auto bad : {"und", "e", "en-", "-en", "<b>", "en--US", "abcdefghi", "en\"", ""})
    EXPECT_EQ(language(bad), "") << bad;
  auto media_type = [](char const* text) {
    auto note = document("Note");
    note["attachment"] =
        json::object{{"type", "Document"}, {"url", "https://a.example/f"}, {"mediaType", text}};
    return read_object(note)->attachments.at(0).media_type;
  };
  EXPECT_EQ(media_type("Image/PNG; q=1"), "image/png");
  for (auto bad : {"image", "/png", "image/", "image/p ng", "image/png/x", "<b>/x"})
    EXPECT_EQ(media_type(bad), "") << bad;
}

TEST(Hostile, ShortcodesAreShortAndPlain) {
  auto note = document("Note");
  auto emoji = [](std::string const& name) {
    return json::object{
        {"type", "Emoji"}, {"name", name}, {"icon", json::object{{"url", "https://a.example/e.png"}}}};
  };
  note["tag"] = json::array{emoji(":ok_1:"),     emoji(":"),     emoji("::"),
                            emoji(":a b:"),      emoji(":<b>:"), emoji(std::string(101, 'a')),
                            emoji(":\xc3\xa4:"), emoji("")};
  auto tags = read_object(note)->tags;
  ASSERT_EQ(tags.emojis.size(), 1u);
  EXPECT_EQ(tags.emojis[0].shortcode, "ok_1");
}

TEST(Hostile, ALinkElsewhereIsNoQuote) {
  auto note = document("Note");
  auto link = [](char const* rel, char const* type, char const* name) {
    json::object tag{{"type", "Link"}, {"href", "https://a.example/2"}, {"mediaType", type}, {"name", name}};
    if (*rel) tag["rel"] = rel;
    return json::array{tag};
  };
  auto quote = [&](json::array tag) {
    note["tag"] = std::move(tag);
    return read_object(note)->quote.id;
  };
  char const* activity = "application/activity+json";
  EXPECT_EQ(quote(link("", activity, "RE: https://a.example/2")), "https://a.example/2");
  EXPECT_EQ(quote(link("https://misskey-hub.net/ns#_misskey_quote", activity, "")), "https://a.example/2");
  EXPECT_EQ(quote(link("", activity, "#1374")), "");
  EXPECT_EQ(quote(link("alternate", activity, "RE: https://a.example/2")), "");
  EXPECT_EQ(quote(link("https://misskey-hub.net/ns#_misskey_quote", "text/html", "")), "");
}

}  // namespace
}  // namespace posy::federation
