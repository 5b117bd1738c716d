#include "text/language.hpp"

#include <gtest/gtest.h>

namespace posy::text {
namespace {

TEST(Language, IsRecognised) {
  EXPECT_EQ(detect_language("The quick brown fox jumps over the lazy dog while everybody is watching."),
            "en");
  EXPECT_EQ(detect_language("Heute scheint die Sonne, und wir gehen mit den Kindern in den Wald spazieren."),
            "de");
  EXPECT_EQ(detect_language("Aujourd'hui le soleil brille et nous allons nous promener dans la forêt."),
            "fr");
  EXPECT_EQ(detect_language("今日は天気がいいので、子供たちと一緒に森を散歩します。"), "ja");
  EXPECT_EQ(detect_language("Сегодня светит солнце, и мы идем гулять с детьми в лес."), "ru");
  EXPECT_EQ(detect_language("היום השמש זורחת ואנחנו הולכים לטייל עם הילדים ביער."), "he");
}

TEST(Language, IsNotGuessed) {
  for (char const* text : {"", "ok", "lol", "1234567890 !!!", "😀😀😀😀😀😀", "\xff\xff\xff"}) {
    EXPECT_FALSE(detect_language(text)) << text;
  }
}

TEST(Language, DoesNotDependOnLinksAndNames) {
  EXPECT_FALSE(detect_language(
      "https://example.org/the/quick/brown/fox/jumps/over/the/lazy/dog @the_quick_fox #thequickbrown"));
  EXPECT_EQ(
      detect_language("Heute scheint die Sonne im Wald und auf dem Feld #thisisanenglishtag @quick@brown.fox "
                      "https://example.org/this-is-the-english-title-of-the-page"),
      "de");
}

TEST(LanguageCode, IsKnownByItsLanguage) {
  for (char const* code : {"en", "de", "ckb", "zh-TW", "zh-Hant", "pt-BR", "he"})
    EXPECT_TRUE(is_known_language(code)) << code;
  for (char const* code : {"", "xx", "english", "e", "-", "en-", "en-1", "en_US", "zh-TW-x", "../en", "EN"}) {
    EXPECT_FALSE(is_known_language(code)) << code;
  }
}

}  // namespace
}  // namespace posy::text
