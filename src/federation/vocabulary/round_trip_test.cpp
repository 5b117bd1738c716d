// What we write, we read back equal; and it has the form that other servers insist on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "federation/vocabulary/acts.hpp"
#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/test_samples.hpp"
#include "federation/vocabulary/test_shapes.hpp"

namespace posy::federation {
namespace {

namespace json = boost::json;
using testing::ElementsAre;

// Over the wire: as text, through the parser.
json::object sent(json::object const& document) {
  return test::parse_document(std::string_view(json::serialize(document)));
}

std::vector<std::string> names_of(json::object const& document) {
  std::vector<std::string> names;
  for (auto const& member : document) names.emplace_back(member.key());
  return names;
}

TEST(RoundTrip, Actor) {
  auto actor = test::full_actor();
  EXPECT_EQ(read_actor(sent(write_actor_document(actor))).value(), actor);
  actor = {};
  actor.id = "https://posy.example/actor";
  actor.type = ActorType::application;
  actor.implements = {"https://datatracker.ietf.org/doc/html/rfc9421"};
  actor.suspended = actor.memorial = true;
  EXPECT_EQ(read_actor(sent(write_actor_document(actor))).value(), actor);
}

TEST(RoundTrip, Posts) {
  for (auto const& post : {test::full_note(), test::full_question(), test::full_article()})
    EXPECT_EQ(read_object(sent(write_object_document(post))).value(), post) << name_of(post.type);
}

TEST(RoundTrip, PostsWithAlmostNothing) {
  Object bare;
  bare.id = "https://posy.example/posts/1";
  EXPECT_EQ(read_object(sent(write_object_document(bare))).value(), bare);
  bare.poll = Poll{};
  bare.type = ObjectType::question;
  EXPECT_EQ(read_object(sent(write_object_document(bare))).value(), bare);
}

TEST(RoundTrip, EventsVideosAndTheUnknown) {
  Object event;
  event.id = "https://posy.example/posts/2";
  event.type = ObjectType::event;
  event.name = "Reading";
  event.event = {test::at("2026-03-01T18:00:00Z"), test::at("2026-03-01T20:00:00Z"), "Library"};
  event.duration = 7200;
  EXPECT_EQ(read_object(sent(write_object_document(event))).value(), event);
  Object recipe;
  recipe.id = "https://posy.example/posts/3";
  recipe.type = ObjectType::unknown;
  recipe.type_name = "Recipe";
  recipe.name = "Soup";
  recipe.links = {
      {.href = "https://posy.example/soup", .media_type = "text/html"},
      {.href = "https://posy.example/soup.pdf", .media_type = "application/pdf", .rel = "alternate"}};
  recipe.url = recipe.links[0].href;
  EXPECT_EQ(read_object(sent(write_object_document(recipe))).value(), recipe);
}

TEST(RoundTrip, Votes) {
  auto vote = make_vote("https://posy.example/votes/1", "https://posy.example/users/1",
                        "https://mastodon.example/users/rosalind/statuses/1200", "Runner",
                        "https://mastodon.example/users/rosalind");
  EXPECT_TRUE(vote.is_vote());
  auto document = sent(write_object(vote));
  EXPECT_EQ(read_object(document).value(), vote);
  // A vote with a content is a post to others.
  EXPECT_THAT(names_of(document), ElementsAre("id", "type", "name", "inReplyTo", "attributedTo", "to"));
}

TEST(RoundTrip, CollectionsStampsAndTombstones) {
  Collection page{.id = "https://posy.example/users/1/outbox?page=1",
                  .is_page = true,
                  .total_items = 7,
                  .next = "https://posy.example/users/1/outbox?page=2",
                  .prev = "https://posy.example/users/1/outbox?page=0",
                  .part_of = "https://posy.example/users/1/outbox"};
  page.items = {{"https://posy.example/posts/1", {}},
                {"https://posy.example/posts/42", write_object(test::full_note())}};
  EXPECT_EQ(read_collection(sent(write_collection_document(page))).value(), page);
  Collection outbox{.id = page.part_of, .is_ordered = false, .total_items = 0, .last = page.next};
  outbox.first = {page.id, write_collection(page)};
  EXPECT_EQ(read_collection(sent(write_collection_document(outbox))).value(), outbox);

  Authorization stamp{.type = AuthorizationType::quote,
                      .id = "https://posy.example/stamps/1",
                      .attributed_to = "https://posy.example/users/1",
                      .interacting_object = "https://mastodon.example/users/rosalind/statuses/1400",
                      .interaction_target = "https://posy.example/posts/42"};
  EXPECT_EQ(read_authorization(sent(write_authorization(stamp))).value(), stamp);
  EXPECT_FALSE(read_authorization(sent(write_collection_document(page))));

  Tombstone grave{"https://posy.example/posts/9", "Note", test::at("2026-02-02T00:00:00Z")};
  EXPECT_EQ(read_tombstone(sent(write_tombstone_document(grave))), grave);
  EXPECT_FALSE(read_object(sent(write_tombstone_document(grave))));
}

// Every activity that we send, read as its receiver would.
TEST(RoundTrip, Activities) {
  std::string const id = "https://posy.example/activities/1", us = "https://posy.example/users/1";
  std::string const them = "https://mastodon.example/users/rosalind", theirs = them + "/statuses/1100";
  auto note = test::full_note();
  Addressees followers{{std::string(public_collection)}, {us + "/followers"}};
  auto follow = make_follow(id, us, them);
  auto announce = make_announce(id, us, theirs, followers, test::at("2026-02-02T00:00:00Z"));
  auto request = make_quote_request(id, note, theirs, them);
  std::vector<Activity> all = {
      make_create(id, note),
      make_create(id, make_vote(id + "/vote", us, theirs, "Runner", them)),
      make_update(id, note),
      make_update(id, test::full_actor(), followers),
      make_delete(id, us, {note.id, "Note", {}}, followers),
      make_delete_actor(id, us),
      announce,
      make_like(id, us, theirs, them),
      follow,
      make_block(id, us, them),
      make_undo(id + "/undo", announce),
      make_accept(id + "/accept", them, follow),
      make_reject(id + "/reject", them, follow),
      make_accept_request(id + "/accept", them, request, them + "/stamps/1"),
      make_flag(id, "https://posy.example/actor", {them, theirs}, "Please look", them),
      make_move(id, us, "https://new.example/users/ada", us + "/followers"),
      make_add(id, us, {note.id, {}}, us + "/featured", followers),
      make_remove(id, us, {note.id, {}}, us + "/featured", followers),
      request,
  };
  for (auto const& activity : all) {
    auto document = sent(write_activity_document(activity));
    EXPECT_EQ(document.begin()->key(), "@context");
    EXPECT_EQ(read_activity(document).value(), activity) << name_of(activity.type);
  }
}

TEST(Acts, AnswersHoldTheQuestionWithoutItsContents) {
  auto note = test::full_note();
  auto request = make_quote_request("https://posy.example/activities/1", note,
                                    "https://mastodon.example/users/rosalind/statuses/1100",
                                    "https://mastodon.example/users/rosalind");
  auto accept =
      make_accept_request("https://mastodon.example/accepts/1", "https://mastodon.example/users/rosalind",
                          request, "https://mastodon.example/stamps/1");
  EXPECT_EQ(accept.to, std::vector<std::string>{"https://posy.example/users/1"});
  EXPECT_EQ(accept.object.embedded.at("instrument"), json::value(note.id));
  EXPECT_EQ(accept.object.embedded.at("type"), "QuoteRequest");
}

TEST(Acts, UndoTellsThoseWhoWereTold) {
  auto announce = make_announce("https://posy.example/activities/1", "https://posy.example/users/1",
                                "https://a.example/1", {{"https://a.example/x"}, {"https://a.example/y"}},
                                test::at("2026-02-02T00:00:00Z"));
  auto undo = make_undo("https://posy.example/activities/2", announce);
  EXPECT_EQ(undo.to, announce.to);
  EXPECT_EQ(undo.cc, announce.cc);
  EXPECT_EQ(undo.actor, announce.actor);
}

}  // namespace
}  // namespace posy::federation
