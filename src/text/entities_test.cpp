#include "text/entities.hpp"

#include <gtest/gtest.h>

namespace posy::text {
namespace {

// The entities of a text, each as written, joined by spaces.
std::string found(std::string_view text) {
  std::string out;
  for (Entity const& entity : find_entities(text)) {
    if (!out.empty()) out += ' ';
    out += text.substr(entity.begin, entity.end - entity.begin);
  }
  return out;
}

TEST(Urls, EndBeforeThePunctuationOfTheSentence) {
  EXPECT_EQ(found("see https://a.test/x."), "https://a.test/x");
  EXPECT_EQ(found("https://a.test/x?!, and"), "https://a.test/x");
  EXPECT_EQ(found("\"https://a.test/x\""), "https://a.test/x");
  EXPECT_EQ(found("https://a.test."), "https://a.test");
  EXPECT_EQ(found("https://a.test/…"), "https://a.test/");
  EXPECT_EQ(found("https://a.test/x。次"), "https://a.test/x");
}

TEST(Urls, OwnOnlyTheBracketsTheyOpen) {
  EXPECT_EQ(found("(https://a.test/x)"), "https://a.test/x");
  EXPECT_EQ(found("https://a.test/x_(y)"), "https://a.test/x_(y)");
  EXPECT_EQ(found("(see https://a.test/x_(y).)"), "https://a.test/x_(y)");
  EXPECT_EQ(found("[https://a.test/x]"), "https://a.test/x");
  EXPECT_EQ(found("https://a.test/x("), "https://a.test/x");
}

TEST(Urls, KnowOtherScripts) {
  EXPECT_EQ(found("https://bücher.example/straße?q=ä"), "https://bücher.example/straße?q=ä");
  EXPECT_EQ(found("https://例え.jpを見る"), "https://例え.jp");
  EXPECT_EQ(found("見てhttps://a.test/記事"), "https://a.test/記事");
  EXPECT_EQ(found("https://пример.рф/путь"), "https://пример.рф/путь");
}

TEST(Urls, TakePortQueryAndFragmentAlong) {
  EXPECT_EQ(found("http://a.test:8080/x?y=1&z=2#w"), "http://a.test:8080/x?y=1&z=2#w");
  EXPECT_EQ(found("HTTPS://A.test?x"), "HTTPS://A.test?x");
  EXPECT_EQ(found("https://a.test: yes"), "https://a.test");
  EXPECT_EQ(found("https://a.test/@alice/1#tag"), "https://a.test/@alice/1#tag");
}

TEST(Urls, AreNotEverythingWithAColon) {
  for (char const* text :
       {"http://", "https://.", "https://-a.test", "xhttps://a.test", "https:/a.test", "ftp://a.test",
        "javascript://a.test", "https://user@a.test", "h", "http", "https://\xff"}) {
    EXPECT_EQ(found(text).find("http"), std::string::npos) << text;
  }
}

TEST(Mentions, HaveANameAndPerhapsADomain) {
  EXPECT_EQ(found("@alice hi"), "@alice");
  EXPECT_EQ(found("@alice@example.org, hi"), "@alice@example.org");
  EXPECT_EQ(found("@alice@example.org."), "@alice@example.org");
  EXPECT_EQ(found("@a.b-c@bücher.example!"), "@a.b-c@bücher.example");
  EXPECT_EQ(found("(@alice)"), "@alice");
  EXPECT_EQ(found("@alice. @bob-"), "@alice @bob");
  EXPECT_EQ(found("@alice@"), "@alice");
  EXPECT_EQ(found("あ @alice"), "@alice");
}

TEST(Mentions, AreNotEmailAddresses) {
  EXPECT_EQ(found("mail alice@example.org"), "");
  EXPECT_EQ(found("a.b@example.org"), "");
  EXPECT_EQ(found("ä@example.org"), "");
  EXPECT_EQ(found("/@alice =@alice"), "");
  EXPECT_EQ(found("@ @. @-"), "");
}

TEST(Hashtags, AreWordsOfAnyScript) {
  EXPECT_EQ(found("#cat #Katze, #日本語 #हिन्दी #العربية #2024a #a_b"),
            "#cat #Katze #日本語 #हिन्दी #العربية #2024a #a_b");
  EXPECT_EQ(found("#می\xe2\x80\x8cخواهم"), "#می\xe2\x80\x8cخواهم");
  EXPECT_EQ(found("#a·b #a· "), "#a·b #a");
}

TEST(Hashtags, AreNotNumbersOrParts) {
  for (char const* text :
       {"#1", "#2024", "#٣", "a#b", "/#b", "=#b", "&#39;", "#", "# a", "#_", "#-a", "#😀"}) {
    EXPECT_EQ(found(text), "") << text;
  }
}

TEST(Entities, DoNotOverlap) {
  EXPECT_EQ(found("https://a.test/#x#y @a@b.test#c"), "https://a.test/#x#y @a@b.test");
}

TEST(Entities, SurviveHostileText) {
  for (char const* piece :
       {"@", "#", "h", "http://", "http://a.", "@a@", "#a", "https://a.test/(", "@a.", "\xf0\x9f", ")"}) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    std::size_t last = 0;
    for (Entity const& entity : find_entities(text)) {
      ASSERT_LE(last, entity.begin);
      ASSERT_LT(entity.begin, entity.end);
      last = entity.end;
    }
    ASSERT_LE(last, text.size());
  }
  EXPECT_EQ(found("@" + std::string(1'000'000, 'a')), "");
  EXPECT_EQ(found("#" + std::string(1'000'000, 'a')), "");
  EXPECT_EQ(found("https://a.test/" + std::string(1'000'000, 'a')), "");
}

}  // namespace
}  // namespace posy::text
