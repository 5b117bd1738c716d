#include "text/alternate_link.hpp"

#include <gtest/gtest.h>

namespace posy::text {
namespace {

TEST(AlternateLink, IsFoundInTheHead) {
  EXPECT_EQ(alternate_activity(R"(<!doctype html><html><head><title>a</title>
      <link rel="alternate" type="application/rss+xml" href="/feed">
      <link rel='me alternate' TYPE="Application/Activity+JSON" href=" /posts/1?a=1&amp;b=2 ">
      <link rel="alternate" type="application/activity+json" href="/second">)"),
            "/posts/1?a=1&b=2");
  EXPECT_EQ(alternate_activity("<link href=https://a.example/1 rel=alternate type='application/ld+json; "
                               "profile=\"https://www.w3.org/ns/activitystreams\"'>"),
            "https://a.example/1");
}

TEST(AlternateLink, IsNotTakenFromElsewhere) {
  EXPECT_EQ(alternate_activity(""), "");
  EXPECT_EQ(alternate_activity("<link rel=alternate type=application/ld+json href=/1>"), "");
  EXPECT_EQ(alternate_activity("<link rel=canonical type=application/activity+json href=/1>"), "");
  EXPECT_EQ(alternate_activity("<link rel=alternates type=application/activity+json href=/1>"), "");
  // What visitors wrote stands in the body; a script is text.
  EXPECT_EQ(alternate_activity("<head></head><body><link rel=alternate type=application/activity+json href=/1>"), "");
  EXPECT_EQ(alternate_activity("<script><link rel=alternate type=application/activity+json href=/1></script>"), "");
  EXPECT_EQ(alternate_activity("<link rel=alternate type=application/activity+json href=/" + std::string(9999, 'a') + ">"),
            "");
}

}  // namespace
}  // namespace posy::text
