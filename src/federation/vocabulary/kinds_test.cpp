#include "federation/vocabulary/kinds.hpp"

#include <gtest/gtest.h>

#include "federation/vocabulary/activity.hpp"
#include "federation/vocabulary/actor.hpp"
#include "federation/vocabulary/media_type.hpp"
#include "federation/vocabulary/object.hpp"
#include "federation/vocabulary/test_shapes.hpp"

namespace posy::federation {
namespace {

DocumentKind kind(std::string_view type) {
  return kind_of(test::parse_document(R"({"id":"https://a.example/1","type":)" + std::string(type) + "}"));
}

TEST(Kinds, AreToldByTheType) {
  EXPECT_EQ(kind(R"("Person")"), DocumentKind::actor);
  EXPECT_EQ(kind(R"("EmojiReact")"), DocumentKind::activity);
  EXPECT_EQ(kind(R"("OrderedCollectionPage")"), DocumentKind::collection);
  EXPECT_EQ(kind(R"("Tombstone")"), DocumentKind::tombstone);
  EXPECT_EQ(kind(R"("QuoteAuthorization")"), DocumentKind::authorization);
  EXPECT_EQ(kind(R"("Question")"), DocumentKind::object);
  EXPECT_EQ(kind(R"("Recipe")"), DocumentKind::object);
  EXPECT_EQ(kind(R"(["Recipe","Group"])"), DocumentKind::actor);
  EXPECT_EQ(kind(R"("as:Person")"), DocumentKind::actor);
  EXPECT_EQ(kind(R"("https://www.w3.org/ns/activitystreams#Follow")"), DocumentKind::activity);
  for (auto none : {"null", "5", "[]", "{}", R"([["Person"]])", R"("person")", R"("")"})
    EXPECT_EQ(kind(none), DocumentKind::object) << none;
}

TEST(Kinds, AnUnknownActivityIsKnownByWhatItHas) {
  auto document = test::parse_document(R"({"type":"Offer","actor":"https://a.example/u",
                                           "object":"https://b.example/1"})");
  EXPECT_EQ(kind_of(document), DocumentKind::activity);
  auto activity = read_activity(document).value();
  EXPECT_EQ(activity.type, ActivityType::unknown);
  EXPECT_EQ(activity.type_name, "Offer");
}

// A document of two types must not be a post to one reader and a person to another.
TEST(Kinds, OnlyOneReaderTakesADocument) {
  for (auto types :
       {R"(["Note","Person"])", R"(["Person","Note"])", R"(["Create","Note"])", R"(["Note","Create"])",
        R"(["Tombstone","Note"])", R"(["Note","QuoteAuthorization"])", R"(["QuoteAuthorization","Note"])",
        R"(["Note","Tombstone","Person"])", R"(["Person","Create"])"}) {
    auto document = test::parse_document(
        R"({"id":"https://a.example/1","actor":"https://a.example/u","type":)" + std::string(types) + "}");
    int readers = read_actor(document).has_value() + read_object(document).has_value() +
                  read_activity(document).has_value() + read_tombstone(document).has_value() +
                  read_authorization(document).has_value();
    EXPECT_EQ(readers, 1) << types;
  }
}

TEST(Kinds, EveryTypeHasAName) {
  for (int i = 0; i <= static_cast<int>(ActivityType::unknown); ++i) {
    auto type = static_cast<ActivityType>(i);
    EXPECT_EQ(parse_enum(name_of(type), static_cast<ActivityType*>(nullptr)), type);
  }
  for (int i = 0; i <= static_cast<int>(ObjectType::unknown); ++i) {
    auto type = static_cast<ObjectType>(i);
    EXPECT_EQ(parse_enum(name_of(type), static_cast<ObjectType*>(nullptr)), type);
  }
}

TEST(MediaType, OnlyActivityStreamsIsBelieved) {
  for (
      auto good :
      {"application/activity+json", "Application/Activity+JSON; charset=utf-8",
       R"(application/ld+json; profile="https://www.w3.org/ns/activitystreams")",
       R"(application/ld+json;charset=utf-8 ; profile="https://a.example https://www.w3.org/ns/activitystreams")",
       "application/ld+json; PROFILE=https://www.w3.org/ns/activitystreams"})
    EXPECT_TRUE(is_activity_media_type(good)) << good;
  for (auto bad : {"", "application/json", "application/ld+json", "text/html; application/activity+json",
                   R"(application/ld+json; profile="https://a.example")", "application/activity+json-seq",
                   R"(application/ld+json; profile="https://www.w3.org/ns/activitystreams2")",
                   R"(application/ld+json; profile="https://www.w3.org/ns/activitystreams)",
                   R"(application/ld+json; x="; profile=https://www.w3.org/ns/activitystreams")",
                   R"(application/ld+json; profile="x"https://www.w3.org/ns/activitystreams)", "image/png",
                   "application/ld+json;;", "application/ld+json;="})
    EXPECT_FALSE(is_activity_media_type(bad)) << bad;
}

}  // namespace
}  // namespace posy::federation
