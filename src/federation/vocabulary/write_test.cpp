// The form that other servers insist on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <set>

#include "federation/vocabulary/acts.hpp"
#include "federation/vocabulary/test_samples.hpp"

namespace posy::federation {
namespace {

namespace json = boost::json;

void collect_names(json::value const& value, std::set<std::string>& names) {
  if (auto const* list = value.if_array())
    for (auto const& one : *list) collect_names(one, names);
  auto const* object = value.if_object();
  if (!object) return;
  for (auto const& member : *object) {
    if (member.key() == "@context" || member.key() == "contentMap") continue;
    names.emplace(member.key());
    if (member.key() == "type") names.emplace(member.value().as_string());
    collect_names(member.value(), names);
  }
}

// Terms of https://www.w3.org/ns/activitystreams and the other contexts that we name by address.
std::set<std::string> const known_terms = {"id",
                                           "type",
                                           "Note",
                                           "Question",
                                           "Article",
                                           "Person",
                                           "Image",
                                           "Video",
                                           "Link",
                                           "Mention",
                                           "Collection",
                                           "OrderedCollection",
                                           "OrderedCollectionPage",
                                           "Application",
                                           "Create",
                                           "Update",
                                           "Delete",
                                           "Announce",
                                           "Undo",
                                           "Like",
                                           "Follow",
                                           "Accept",
                                           "Reject",
                                           "Block",
                                           "Flag",
                                           "Move",
                                           "Add",
                                           "Remove",
                                           "Tombstone",
                                           "Place",
                                           "Document",
                                           "url",
                                           "href",
                                           "name",
                                           "summary",
                                           "content",
                                           "mediaType",
                                           "attributedTo",
                                           "to",
                                           "cc",
                                           "audience",
                                           "inReplyTo",
                                           "published",
                                           "updated",
                                           "attachment",
                                           "tag",
                                           "icon",
                                           "image",
                                           "width",
                                           "height",
                                           "duration",
                                           "replies",
                                           "likes",
                                           "shares",
                                           "context",
                                           "source",
                                           "preview",
                                           "oneOf",
                                           "anyOf",
                                           "endTime",
                                           "startTime",
                                           "closed",
                                           "totalItems",
                                           "inbox",
                                           "outbox",
                                           "followers",
                                           "following",
                                           "endpoints",
                                           "sharedInbox",
                                           "preferredUsername",
                                           "publicKey",
                                           "owner",
                                           "publicKeyPem",
                                           "assertionMethod",
                                           "Multikey",
                                           "controller",
                                           "publicKeyMultibase",
                                           "generator",
                                           "actor",
                                           "object",
                                           "target",
                                           "origin",
                                           "instrument",
                                           "result",
                                           "formerType",
                                           "deleted",
                                           "location",
                                           "rel",
                                           "first",
                                           "next"};

// Servers that expand JSON-LD lose every member without a term.
void expect_terms(json::object const& document) {
  std::set<std::string> names, terms = known_terms;
  collect_names(document, names);
  for (auto const& context : document.at("@context").as_array())
    if (auto const* inline_terms = context.if_object())
      for (auto const& term : *inline_terms) terms.emplace(term.key());
  for (auto const& name : names) EXPECT_TRUE(terms.contains(name)) << name;
}

TEST(Write, EveryMemberHasATermInTheContext) {
  expect_terms(write_actor_document(test::full_actor()));
  expect_terms(write_object_document(test::full_note()));
  expect_terms(write_object_document(test::full_question()));
  expect_terms(write_object_document(test::full_article()));
  expect_terms(write_authorization({.id = "https://a.example/1",
                                    .attributed_to = "https://a.example/u",
                                    .interacting_object = "https://a.example/2",
                                    .interaction_target = "https://a.example/3"}));
  auto note = test::full_note();
  std::string const id = "https://posy.example/activities/1";
  auto request = make_quote_request(id, note, "https://a.example/1", "https://a.example/u");
  for (auto const& activity :
       {make_create(id, note), make_update(id, test::full_actor(), {}), request,
        make_accept_request(id, "https://a.example/u", request, "https://a.example/stamp"),
        make_follow(id, "https://posy.example/users/1", "https://a.example/u"),
        make_delete(id, "https://posy.example/users/1", {note.id, "Note", note.published}, {})})
    expect_terms(write_activity_document(activity));
}

TEST(Write, PlainActivitiesCarryNoLongContext) {
  auto follow = make_follow("https://posy.example/1", "https://posy.example/users/1", "https://a.example/u");
  EXPECT_EQ(
      json::serialize(write_activity_document(make_undo("https://posy.example/2", follow))),
      R"({"@context":["https://www.w3.org/ns/activitystreams",)"
      R"("https://w3id.org/security/data-integrity/v1"],)"
      R"("id":"https://posy.example/2","type":"Undo","actor":"https://posy.example/users/1",)"
      R"("to":["https://a.example/u"],"object":{"id":"https://posy.example/1","type":"Follow",)"
      R"("actor":"https://posy.example/users/1","to":["https://a.example/u"],"object":"https://a.example/u"}})");
}

// Pixelfed, Lemmy and older Pleroma miss these members when they are empty.
TEST(Write, PostsAlwaysHaveTheirListsAndFlags) {
  Object bare;
  bare.id = "https://posy.example/posts/1";
  bare.attributed_to = {"https://posy.example/users/1"};
  EXPECT_EQ(
      json::serialize(write_object(bare)),
      R"({"id":"https://posy.example/posts/1","type":"Note","attributedTo":"https://posy.example/users/1",)"
      R"("to":[],"cc":[],"sensitive":false,"content":"","attachment":[],"tag":[]})");
}

TEST(Write, QuotesAreSaidInEveryWay) {
  auto note = write_object(test::full_note());
  for (auto name : {"quote", "quoteUrl", "quoteUri", "_misskey_quote"})
    EXPECT_EQ(note.at(name), "https://mastodon.example/users/rosalind/statuses/1400") << name;
  EXPECT_EQ(note.at("quoteAuthorization"), "https://mastodon.example/users/rosalind/quote_authorizations/8");
}

TEST(Write, OneKeyIsNoList) {
  auto actor = write_actor(test::full_actor());
  EXPECT_EQ(actor.at("publicKey").as_object().at("owner"), actor.at("id"));
  EXPECT_EQ(actor.at("assertionMethod").as_array().at(0).at("controller"), actor.at("id"));
  EXPECT_EQ(actor.at("endpoints").at("sharedInbox"), "https://posy.example/inbox");
}

TEST(Write, NamesAndShortcodesHaveTheirMarks) {
  auto note = write_object(test::full_note());
  auto const& tags = note.at("tag").as_array();
  EXPECT_EQ(tags.at(0).at("name"), "@rosalind@mastodon.example");
  EXPECT_EQ(tags.at(1).at("name"), "#bees");
  EXPECT_EQ(tags.at(2).at("name"), ":bee:");
  EXPECT_EQ(note.at("contentMap").at("en"), note.at("content"));
  EXPECT_EQ(json::serialize(note.at("attachment").at(0).at("focalPoint")), "[5E-1,-2.5E-1]");
}

}  // namespace
}  // namespace posy::federation
