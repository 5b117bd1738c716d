#include "text/search.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace posy::text {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SearchWords, AreLowerCaseAndBare) {
  EXPECT_THAT(search_words("Cats, and (DOGS)! don't"), ElementsAre("cats", "and", "dogs", "don't"));
  EXPECT_THAT(search_words("#Tag @alice@a.test ÄÖ"), ElementsAre("tag", "alice@a.test", "äö"));
  EXPECT_THAT(search_words("日本語　検索"), ElementsAre("日本語", "検索"));
}

TEST(SearchWords, KeepPhrasesTogether) {
  EXPECT_THAT(search_words("a \"Two  Words\" b"), ElementsAre("a", "two words", "b"));
  EXPECT_THAT(search_words("“zwei Wörter” c"), ElementsAre("zwei wörter", "c"));
  EXPECT_THAT(search_words("„zwei Wörter“ c"), ElementsAre("zwei wörter", "c"));
  EXPECT_THAT(search_words("\"open end"), ElementsAre("open end"));
}

TEST(SearchWords, HoldNothingOfAnEmptyQuery) {
  for (char const* query : {"", "  ", "\"\"", "!!! ... \"--\"", "\x01"})
    EXPECT_THAT(search_words(query), IsEmpty()) << query;
}

TEST(SearchWords, AreLimited) {
  std::string query;
  for (int i = 0; i < 100'000; ++i) query += "word ";
  EXPECT_EQ(search_words(query).size(), search_words_max);
  EXPECT_EQ(search_words(std::string(1'000'000, 'a')).at(0).size(), search_bytes_max);
}

}  // namespace
}  // namespace posy::text
