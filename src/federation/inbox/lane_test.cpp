#include "federation/inbox/lane.hpp"

#include <gtest/gtest.h>

#include "json/parse.hpp"

namespace posy::federation {
namespace {

using enum store::ReceivedLane;

struct Lane : ::testing::Test {
  store::ReceivedLane of(std::string const& type, std::string const& object) {
    auto text = R"({"id": "https://b.example/1", "actor": "https://b.example/users/bob", "type": ")" + type +
                R"(", "object": )" + object + "}";
    return lane_of(uris, read_activity(json::parse(text).value().as_object()).value());
  }
  store::ReceivedLane of_note(std::string const& members) {
    return of("Create", R"({"id": "https://b.example/2", "type": "Note", "content": "x", )" + members + "}");
  }

  social::Site site{.host = "a.example", .account_domain = "a.example", .base_url = "https://a.example"};
  Uris uris{site};
};

TEST_F(Lane, LettersGoBeforePostsThatNameUsAndThoseBeforeTheRest) {
  EXPECT_EQ(of_note(R"("to": ["https://a.example/users/anna"])"), letters);
  EXPECT_EQ(of_note(R"("to": "https://b.example/users/bob/followers", "cc": ["https://a.example/users/anna"])"),
            letters);
  EXPECT_EQ(of_note(R"("to": "as:Public", "cc": ["https://a.example/users/anna"])"), mentions);
  EXPECT_EQ(of_note(R"("to": "as:Public",
                       "tag": [7, {"type": "Mention", "href": "https://a.example/users/anna"}])"), mentions);
  EXPECT_EQ(of_note(R"("to": "as:Public")"), others);
  EXPECT_EQ(of_note(R"("to": "https://c.example/users/anna")"), others);
}

TEST_F(Lane, WhatBelongsTogetherIsOfOneLane) {
  auto note = R"({"id": "https://b.example/2", "type": "Note", "content": "x",
                  "to": "https://a.example/users/anna"})";
  EXPECT_EQ(of("Create", note), of("Update", note));
  auto post = R"("https://a.example/users/anna/statuses/1")";
  EXPECT_EQ(of("Like", post), of("Undo", R"({"type": "Like", "object": "https://a.example/users/anna/statuses/1"})"));
}

TEST_F(Lane, AVoteIsNoLetter) {
  EXPECT_EQ(of("Create", R"({"id": "https://b.example/2", "type": "Note", "name": "yes",
                             "inReplyTo": "https://a.example/users/anna/statuses/1",
                             "to": "https://a.example/users/anna"})"),
            others);
}

}  // namespace
}  // namespace posy::federation
