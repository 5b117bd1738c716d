#include "text/plain.hpp"

#include <gtest/gtest.h>

#include "base/encoding.hpp"

namespace posy::text {
namespace {

TEST(HtmlToText, KeepsLinesAndParagraphs) {
  EXPECT_EQ(html_to_text("<p>a<br>b</p><p>c</p>"), "a\nb\n\nc");
  EXPECT_EQ(html_to_text("<ul><li>a</li><li><p>b</p></li></ul>c"), "a\n\nb\n\nc");
  EXPECT_EQ(html_to_text("<div>a</div><div>b</div>"), "a\nb");
  EXPECT_EQ(html_to_text("<table><tr><td>a<td>b<tr><td>c</table>"), "a b\nc");
}

TEST(HtmlToText, JoinsSpacesAsABrowserWould) {
  EXPECT_EQ(html_to_text(" <p> a \n  b <b> c</b>d</p> "), "a b cd");
  EXPECT_EQ(html_to_text("<pre>a\n  b</pre>"), "a\n  b");
  EXPECT_EQ(html_to_text(""), "");
}

TEST(HtmlToText, DecodesAndDropsMarkup) {
  EXPECT_EQ(html_to_text("&lt;b&gt; &amp; &eacute;<script>x</script><img alt=':cat:'>"), "<b> & é:cat:");
  EXPECT_EQ(html_to_text("<a href=x><span class=invisible>https://</span>a.test</a>"), "https://a.test");
}

TEST(HtmlToText, GivesValidUtf8ForBrokenReferences) {
  EXPECT_TRUE(is_valid_utf8(html_to_text("a\xff&#5555555555555555u;\xc3")));
}

TEST(Truncate, CutsBetweenCharacters) {
  EXPECT_EQ(truncate("hello", 5), "hello");
  EXPECT_EQ(truncate("hello", 4), "hel…");
  EXPECT_EQ(truncate("hello", 1), "…");
  EXPECT_EQ(truncate("hello", 0), "");
  EXPECT_EQ(truncate("", 3), "");
  EXPECT_EQ(truncate("👩‍👩‍👧🇩🇪e\u0301x", 3), "👩‍👩‍👧🇩🇪…");
  EXPECT_EQ(truncate("👩‍👩‍👧🇩🇪e\u0301", 3), "👩‍👩‍👧🇩🇪e\u0301");
}

TEST(CountCharacters, CountsWhatPeopleSee) {
  EXPECT_EQ(count_characters(""), 0u);
  EXPECT_EQ(count_characters("hello\n"), 6u);
  EXPECT_EQ(count_characters("👩‍👩‍👧🇩🇪e\u0301"), 3u);
  EXPECT_EQ(count_characters("हिन्दी"), 2u);
}

TEST(CountCharacters, CountsLinksAndMentionsAtAFlatRate) {
  EXPECT_EQ(count_characters("https://a.test/" + std::string(200, 'x')), 23u);
  EXPECT_EQ(count_characters("http://a.b"), 23u);
  EXPECT_EQ(count_characters("@alice@example.org hi"), 9u);
  EXPECT_EQ(count_characters("@alice hi"), 9u);
  EXPECT_EQ(count_characters("alice@example.org"), 17u);
  EXPECT_EQ(count_characters("#tag"), 4u);
}

TEST(CountCharacters, SurvivesBrokenAndLongText) {
  EXPECT_GT(count_characters("\xff\xfe\xf0\x9f"), 0u);
  std::string marks = "a";
  while (marks.size() < 1'000'000) marks += "\u0301";
  EXPECT_EQ(count_characters(marks), 1u);
}

}  // namespace
}  // namespace posy::text
