#include "federation/vocabulary/webfinger.hpp"

#include <gtest/gtest.h>

#include "federation/vocabulary/nodeinfo.hpp"
#include "federation/vocabulary/test_shapes.hpp"

namespace posy::federation {
namespace {

TEST(WebFinger, AccountsHaveOneSpellingOfTheDomain) {
  EXPECT_EQ(account_of("acct:Alice@A.Example"), "Alice@a.example");
  EXPECT_EQ(account_of("@alice@a.example"), "alice@a.example");
  EXPECT_EQ(account_of("alice@b\xc3\xbc"
                       "cher.example"),
            "alice@xn--bcher-kva.example");
  EXPECT_EQ(account_of("acct:alice@a.example:8443"), "alice@a.example:8443");
  for (auto bad :
       {"", "alice", "@alice", "acct:@a.example", "alice@", "alice@a.example/x", "alice@a.example?x",
        "alice@b.example@a.example", "al ice@a.example", "a/b@a.example", "alice@a..example",
        "https://a.example/@alice", "alice@a.example#x", "alice@[", "<b>@a.example"})
    EXPECT_EQ(account_of(bad), "") << bad;
  EXPECT_EQ(account_of(std::string(300, 'a') + "@a.example"), "");
}

TEST(WebFinger, WhatWeWriteWeReadBack) {
  WebFinger written{.subject = "acct:ada@posy.example",
                    .aliases = {"https://posy.example/@ada", "https://posy.example/users/1"},
                    .actor = "https://posy.example/users/1",
                    .profile_page = "https://posy.example/@ada",
                    .subscribe_template = "https://posy.example/interact?uri={uri}",
                    .avatar = "https://posy.example/media/ada.png"};
  EXPECT_EQ(read_webfinger(write_webfinger(written)).value(), written);
}

TEST(WebFinger, OnlyActivityStreamsLinksAreActors) {
  auto found = [](std::string const& links) {
    return read_webfinger(test::parse_document(R"({"subject":"acct:a@a.example","links":)" + links + "}"));
  };
  EXPECT_FALSE(found(R"([{"rel":"self","type":"application/json","href":"https://a.example/1"}])"));
  EXPECT_FALSE(
      found(R"x([{"rel":"self","type":"application/activity+json","href":"javascript:alert(1)"}])x"));
  EXPECT_FALSE(found(R"([{"rel":"me","type":"application/activity+json","href":"https://a.example/1"}])"));
  EXPECT_FALSE(found(R"(["https://a.example/1", [], null])"));
  auto group = found(R"([{"rel":"self","type":"application/activity+json","href":"https://a.example/c/1",
                          "properties":{"https://www.w3.org/ns/activitystreams#type":"Group"}}])");
  EXPECT_EQ(group->actor, "https://a.example/c/1");
  auto no_uri = found(R"([{"rel":"self","type":"application/activity+json","href":"https://a.example/1"},
                          {"rel":"http://ostatus.org/schema/1.0/subscribe","template":"https://a.example/x"}])");
  EXPECT_EQ(no_uri->subscribe_template, "");
}

TEST(NodeInfo, NamesTheSoftwareOrIsRefused) {
  EXPECT_EQ(read_nodeinfo(test::parse_document(R"({"software":{"name":"Pleroma"}})"))->software, "pleroma");
  for (auto bad : {"{}", R"({"software":"x"})", R"({"software":{"name":5}})", R"({"software":[]})"})
    EXPECT_FALSE(read_nodeinfo(test::parse_document(bad))) << bad;
  EXPECT_EQ(
      read_nodeinfo_address(test::parse_document(R"({"links":{"rel":"x","href":"https://a.example"}})")), "");
  EXPECT_EQ(read_nodeinfo_address(test::parse_document(
                R"({"links":{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.0","href":"/nodeinfo"}})")),
            "");
}

}  // namespace
}  // namespace posy::federation
