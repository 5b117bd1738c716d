// Markdown as essays have it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/compose.hpp"
#include "text/slug.hpp"

namespace posy::text {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Composed essay(std::string_view source) {
  Lookups lookups;
  lookups.picture = [](std::int64_t id) -> std::optional<Picture> {
    if (id > 9) return {};
    return Picture{"https://here.test/media/" + std::to_string(id) + ".jpg", "A \"sea\"", 4, 3};
  };
  return compose(source, SourceType::essay, lookups);
}

TEST(Essay, ALineIsNoParagraphAndNoBreak) {
  EXPECT_EQ(essay("a\nb  \nc\n\nd").html, "<p>a\nb<br />c</p><p>d</p>");
}

TEST(Essay, FootnotesStandAtTheEndAndLeadBack) {
  EXPECT_EQ(essay("One[^x], two[^y], one[^x].\n\n[^y]: Why?\n[^x]: *Eggs*.\n[^z]: Nobody asks.").html,
            "<p>One<sup id=\"fnref-1\"><a href=\"#fn-1\">1</a></sup>, two<sup id=\"fnref-2\"><a href=\"#fn-2\">2</a>"
            "</sup>, one<sup><a href=\"#fn-1\">1</a></sup>.</p><hr />"
            "<ol><li id=\"fn-1\"><p><em>Eggs</em>.</p><a href=\"#fnref-1\">↩</a></li>"
            "<li id=\"fn-2\"><p>Why?</p><a href=\"#fnref-2\">↩</a></li></ol>");
  EXPECT_EQ(essay("None[^x].").html, "<p>None[^x].</p>");
}

TEST(Essay, UploadsAreFiguresWithCaptions) {
  auto made = essay("Before ![](media:1 \"The <sea>\") after\n\n![Own *words*](media:2)\n\n![](media:1)");
  EXPECT_EQ(made.html,
            "<p>Before </p><figure><img src=\"https://here.test/media/1.jpg\" alt=\"A &quot;sea&quot;\" width=\"4\" "
            "height=\"3\" loading=\"lazy\" /><figcaption>The &lt;sea&gt;</figcaption></figure><p> after</p>"
            "<figure><img src=\"https://here.test/media/2.jpg\" alt=\"Own words\" width=\"4\" height=\"3\" "
            "loading=\"lazy\" /></figure><figure><img src=\"https://here.test/media/1.jpg\" alt=\"A &quot;sea&quot;\" "
            "width=\"4\" height=\"3\" loading=\"lazy\" /></figure>");
  EXPECT_THAT(made.pictures, ElementsAre(1, 2));
}

TEST(Essay, PicturesThatAreNotHersAreNotThere) {
  auto made = essay("a ![x](media:77) ![x](media:) ![x](media:1x) ![x](media:-1) ![x](media:99999999999999999999) b");
  EXPECT_THAT(made.html, Not(HasSubstr("<img")));
  EXPECT_THAT(made.pictures, ElementsAre());
  auto foreign = essay("![x](https://evil.example/track.gif) ![x](javascript:alert(1)) ![x](data:image/png;base64,xx)");
  EXPECT_THAT(foreign.html, Not(HasSubstr("<img")));
  EXPECT_THAT(foreign.html, Not(HasSubstr("javascript:")));
  EXPECT_THAT(compose("![x](media:1)", SourceType::markdown, {}).html, Not(HasSubstr("<img")));
}

TEST(Essay, RawHtmlIsText) {
  auto made = essay("<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[^<b>]\n\n[^<b>]: <i>x</i>");
  EXPECT_THAT(made.html, Not(HasSubstr("<script")));
  EXPECT_THAT(made.html, Not(HasSubstr("<img")));
  EXPECT_THAT(made.html, Not(HasSubstr("<i>")));
}

TEST(Essay, MayBeAMebibyteOfParagraphs) {
  std::string paragraph = "The *quick* brown [fox](https://fox.example) jumps over @nobody and #everything. ";
  std::string source;
  while (source.size() + paragraph.size() + 2 < source_bytes_max) source += paragraph + "\n\n";
  auto made = essay(source);
  EXPECT_THAT(made.html, HasSubstr("<em>quick</em>"));
  std::string one = "*a*" + std::string(essay_paragraph_bytes_max, 'a');
  EXPECT_EQ(longest_paragraph("a\n\n" + one + "\n \nb"), one.size() + 1);
  EXPECT_EQ(essay(one).html.find("<em>"), std::string::npos) << "too long a paragraph is plain text";
}

TEST(Slug, IsReadableInAnyScript) {
  EXPECT_EQ(make_slug("Über die Gärten: eine Reise"), "uber-die-garten-eine-reise");
  EXPECT_EQ(make_slug("  Don't -- panic!  "), "dont-panic");
  EXPECT_EQ(make_slug("Война и мир"), "vojna-i-mir");
  EXPECT_EQ(make_slug("2026"), "");
  EXPECT_EQ(make_slug("🌱"), "");
  EXPECT_EQ(make_slug("\xff\xfe"), "");
  auto slug = make_slug(std::string(30, 'a') + " " + std::string(30, 'b') + " " + std::string(30, 'c'));
  EXPECT_EQ(slug, std::string(30, 'a') + "-" + std::string(30, 'b'));
  EXPECT_LE(make_slug(std::string(5000, 'x')).size(), slug_bytes_max);
}

TEST(Slug, IsNoNumberAndNoPath) {
  EXPECT_TRUE(is_slug("on-bees-2"));
  for (std::string_view bad : {"", "116", "-a", "a-", "a--b", "A", "a/b", "a.b", "ä", "a b", "%2e"})
    EXPECT_FALSE(is_slug(bad)) << bad;
  EXPECT_FALSE(is_slug(std::string(slug_bytes_max + 1, 'a')));
}

}  // namespace
}  // namespace posy::text
