#include "text/emoji.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace posy::text {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Shortcodes, StandBetweenColons) {
  EXPECT_THAT(find_shortcodes(":cat: (:dog_1:) :cat:"), ElementsAre("cat", "dog_1"));
  EXPECT_THAT(find_shortcodes("ねこ。:cat:!"), ElementsAre("cat"));
}

TEST(Shortcodes, AreNotPartsOfWordsOrTimes) {
  EXPECT_THAT(find_shortcodes("10:30:45 a:bc: :bc:d ::bc: :a: :: :a b: ä:bc:"), IsEmpty());
}

TEST(Shortcodes, AreNotInTags) {
  EXPECT_THAT(find_shortcodes("<a href=\"https://a.test/ :no: \">:yes:</a>"), ElementsAre("yes"));
  EXPECT_THAT(find_shortcodes("1 < 2 :yes: a <b"), ElementsAre("yes"));
  EXPECT_THAT(find_shortcodes("<b :yes:"), ElementsAre("yes"));
}

TEST(Shortcodes, SurviveHostileText) {
  for (char const* piece : {"<a", ":", ":a", ":ab:", "<", "a>"}) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    EXPECT_THAT(find_shortcodes(text), IsEmpty()) << piece;
  }
}

TEST(SingleEmoji, IsOneOfUnicode) {
  for (char const* emoji :
       {"😀", "❤️", "❤", "👍🏽", "👩‍👩‍👧", "🇩🇪", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👍️"}) {
    EXPECT_TRUE(is_single_emoji(emoji)) << emoji;
  }
}

TEST(SingleEmoji, IsNotTextOrSeveral) {
  for (char const* text :
       {"", "a", "1", "#", "😀😀", "😀a", ":cat:", "🇩", "\xf0\x9f", "\xff", "\ufe0f", "🇩🇪🇫🇷"}) {
    EXPECT_FALSE(is_single_emoji(text)) << text;
  }
  EXPECT_FALSE(is_single_emoji(std::string(1'000'000, 'x')));
}

}  // namespace
}  // namespace posy::text
