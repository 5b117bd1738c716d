#include "text/compose.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/encoding.hpp"
#include "text/plain.hpp"
#include "text/sanitize.hpp"

namespace posy::text {
namespace {

using testing::ElementsAre;

// Knows alice here and bob at remote.test; tags live under /tags/.
Lookups lookups() {
  return {
      .mention = [](Mention const& mention) -> std::optional<ResolvedMention> {
        if (mention.acct == "alice") return ResolvedMention{1, "https://here.test/@alice", "alice", "alice"};
        if (mention.acct == "Alice") return ResolvedMention{1, "https://here.test/@alice", "alice", "alice"};
        if (mention.acct == "bob@remote.test") {
          return ResolvedMention{2, "https://remote.test/bob", "bob", "bob@remote.test"};
        }
        if (mention.acct == "eva@xn--bcher-kva.example")
          return ResolvedMention{3, "https://b.test", "eva", mention.acct};
        return {};
      },
      .tag_url = [](std::string_view tag) { return "https://here.test/tags/" + percent_encode(tag); },
  };
}

Composed plain(std::string_view source) {
  return compose(source, SourceType::plain, lookups());
}
Composed markdown(std::string_view source) {
  return compose(source, SourceType::markdown, lookups());
}

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

constexpr std::string_view alice =
    "<span class=\"h-card\" translate=\"no\"><a href=\"https://here.test/@alice\" class=\"u-url mention\">@"
    "<span>alice</span></a></span>";

TEST(PlainPost, HasParagraphsAndLineBreaks) {
  EXPECT_EQ(plain("a\nb\n\nc\r\n\r\n\r\nd\n").html, "<p>a<br />b</p><p>c</p><p>d</p>");
  EXPECT_EQ(plain("").html, "");
  EXPECT_EQ(plain("\n \n\n").html, "");
}

TEST(PlainPost, EscapesEverything) {
  EXPECT_EQ(plain("<script>\"x\" & 'y'").html, "<p>&lt;script&gt;&quot;x&quot; &amp; &#39;y&#39;</p>");
  EXPECT_EQ(plain("*a* `b` # c").html, "<p>*a* `b` # c</p>");
}

TEST(PlainPost, LinksMentions) {
  auto post = plain("@alice and @bob@REMOTE.test, @Alice, @nobody, alice@here.test");
  EXPECT_THAT(post.html, testing::StartsWith("<p>" + std::string(alice) + " and <span"));
  EXPECT_THAT(post.html, testing::HasSubstr("@nobody, alice@here.test</p>"));
  ASSERT_EQ(post.mentions.size(), 2u);
  EXPECT_EQ(post.mentions[0].account, 1);
  EXPECT_EQ(post.mentions[1].acct, "bob@remote.test");
}

TEST(PlainPost, AsksForInternationalDomainsInPunycode) {
  EXPECT_EQ(plain("@eva@BÜCHER.example").mentions.size(), 1u);
  EXPECT_EQ(plain("@eva@bücher..example").mentions.size(), 0u);
}

TEST(PlainPost, AsksOnceForEachName) {
  int asked = 0;
  Lookups counting{
      .mention = [&](Mention const&) -> std::optional<ResolvedMention> { return ++asked, std::nullopt; }};
  compose("@a @a @b @a", SourceType::plain, counting);
  EXPECT_EQ(asked, 2);
  std::string crowd;
  for (int i = 0; i < 2000; ++i) crowd += "@u" + std::to_string(i) + " ";
  asked = 0;
  compose(crowd, SourceType::plain, counting);
  EXPECT_EQ(asked, static_cast<int>(mentions_max));
}

TEST(PlainPost, LinksTagsByTheirNormalName) {
  auto post = plain("#Straße #STRASSE #日本語 #1");
  ASSERT_EQ(post.tags.size(), 2u);
  EXPECT_EQ(post.tags[0].name, "strasse");
  EXPECT_EQ(post.tags[0].display, "Straße");
  EXPECT_EQ(post.tags[1].name, "日本語");
  EXPECT_THAT(post.html,
              testing::StartsWith("<p><a href=\"https://here.test/tags/strasse\" class=\"mention hashtag\" "
                                  "rel=\"tag\">#<span>Straße</span></a> "));
  EXPECT_THAT(post.html, testing::EndsWith("</a> #1</p>"));
}

TEST(PlainPost, ShortensLinks) {
  auto post = plain("https://www.example.org/0123456789012345678901234567890 http://a.test, http://a.test");
  EXPECT_THAT(post.urls,
              ElementsAre("https://www.example.org/0123456789012345678901234567890", "http://a.test"));
  EXPECT_THAT(post.html,
              testing::HasSubstr(
                  "<a href=\"https://www.example.org/0123456789012345678901234567890\" target=\"_blank\" "
                  "rel=\"nofollow noopener\" translate=\"no\"><span class=\"invisible\">https://www.</span>"
                  "<span class=\"ellipsis\">example.org/012345678901234567</span>"
                  "<span class=\"invisible\">8901234567890</span></a>"));
  EXPECT_THAT(post.html,
              testing::HasSubstr("<span class=\"invisible\">http://</span><span>a.test</span></a>, <a"));
  EXPECT_EQ(html_to_text(post.html),
            "https://www.example.org/0123456789012345678901234567890 http://a.test, http://a.test");
}

TEST(PlainPost, DoesNotShowASlashThatSaysNothing) {
  auto shown = [](std::string_view link) {
    auto html = plain(std::string(link)).html;
    auto start = html.find("</span><span>") + 13;
    return html.substr(start, html.find("</span>", start) - start);
  };
  EXPECT_EQ(shown("https://a.test/"), "a.test");
  EXPECT_EQ(shown("https://a.test/b/"), "a.test/b/");
  EXPECT_EQ(shown("https://a.test/?b/"), "a.test/?b/");
  EXPECT_EQ(shown("https://a.test"), "a.test");
  EXPECT_EQ(html_to_text(plain("https://a.test/").html), "https://a.test/");
}

TEST(PlainPost, CountsTheCharactersOfAShortenedLink) {
  std::string link = "https://a.test/" + repeat("ä", 40);
  EXPECT_EQ(html_to_text(plain(link).html), link);
  EXPECT_TRUE(is_valid_utf8(plain(link).html));
}

TEST(PlainPost, CollectsShortcodes) {
  EXPECT_THAT(plain(":cat: :dog: :cat: x:y: https://a.test:8080/:no:").shortcodes, ElementsAre("cat", "dog"));
}

TEST(PlainPost, StaysPlainWithoutLookups) {
  auto post = compose("@alice #tag", SourceType::plain, {});
  EXPECT_EQ(post.html, "<p>@alice #tag</p>");
  EXPECT_EQ(post.tags.size(), 1u);
  EXPECT_TRUE(post.mentions.empty());
}

TEST(PlainPost, KeepsRightToLeftText) {
  EXPECT_EQ(plain("שלום \u200f#עברית").tags.at(0).name, "עברית");
  EXPECT_EQ(plain("مرحبا").html, "<p>مرحبا</p>");
}

TEST(PlainPost, CannotBeInjectedThroughLookups) {
  Lookups evil{.mention = [](Mention const&) { return ResolvedMention{1, "\"><script>", "<b>", "x"}; },
               .tag_url = [](std::string_view) { return "\" onclick=\"x"; }};
  std::string html = compose("@a #b", SourceType::plain, evil).html;
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(html.find("\" onclick"), std::string::npos);
}

TEST(MarkdownPost, IsRendered) {
  EXPECT_EQ(markdown("# T\n\n*a* **b** ~~c~~ `d`\ne").html,
            "<h1>T</h1><p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code><br />e</p>");
  EXPECT_EQ(markdown("- a\n- b\n  1. c\n").html, "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>");
  EXPECT_EQ(markdown("3. a\n\n4. b").html, "<ol start=\"3\"><li><p>a</p></li><li><p>b</p></li></ol>");
  EXPECT_EQ(markdown("> q\n>\n> r\n\n---\n").html, "<blockquote><p>q</p><p>r</p></blockquote><hr />");
  EXPECT_EQ(markdown("```cpp\n\n<a>\n```").html, "<pre><code>\n&lt;a&gt;</code></pre>");
  EXPECT_EQ(markdown("|a|b|\n|-|-|\n|*c*|d|\n|e|").html,
            "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td><em>c</em></td><td>d</td></tr>"
            "<tr><td>e</td><td></td></tr></tbody></table>");
}

TEST(MarkdownPost, ShowsRawHtmlAsText) {
  EXPECT_EQ(markdown("a <b>x</b>").html, "<p>a &lt;b&gt;x&lt;/b&gt;</p>");
  EXPECT_EQ(markdown("<script>\nalert(1)\n</script>").html,
            "<p>&lt;script&gt;<br />alert(1)<br />&lt;/script&gt;</p>");
}

TEST(MarkdownPost, LinksOnlySafely) {
  EXPECT_EQ(markdown("[x](https://a.test \"t\")").html,
            "<p><a href=\"https://a.test\" target=\"_blank\" rel=\"nofollow noopener\">x</a></p>");
  EXPECT_EQ(markdown("[x](javascript:alert(1)) [y](/z) [w](data:text/html,x)").html, "<p>x y w</p>");
  EXPECT_EQ(markdown("![cat](https://a.test/c.png)").html,
            "<p><a href=\"https://a.test/c.png\" target=\"_blank\" rel=\"nofollow noopener\">cat</a></p>");
  EXPECT_THAT(markdown("[x](https://a.test) https://b.test/_c_").urls,
              ElementsAre("https://a.test", "https://b.test/_c_"));
}

TEST(MarkdownPost, FindsMentionsInTextButNotInCodeOrLinks) {
  EXPECT_EQ(markdown("*@alice*").html, "<p><em>" + std::string(alice) + "</em></p>");
  EXPECT_EQ(markdown("`@alice #x` [@alice #y](https://a.test)\n\n    @alice #z").mentions.size(), 0u);
  EXPECT_EQ(markdown("`@alice #x` [@alice #y](https://a.test)\n\n    @alice #z").tags.size(), 0u);
  EXPECT_EQ(markdown("- @bob@remote.test hi").mentions.size(), 1u);
  EXPECT_EQ(markdown("mail bob@remote.test").html, "<p>mail bob@remote.test</p>");
  EXPECT_EQ(markdown("#tag_with_words").tags.at(0).name, "tag_with_words");
}

TEST(MarkdownPost, NestsDeeply) {
  for (char const* piece : {"> ", "- ", "*a **b ", "[", "![", "`", "<b>", "~~"}) {
    std::string html = markdown(repeat(piece, 5000) + "x").html;
    EXPECT_EQ(sanitize_html(html), html) << piece;
  }
}

TEST(MarkdownPost, SurvivesSourcesThatSlowParsersDown) {
  constexpr std::size_t size = 20'000;
  for (char const* piece : {"![l",  "_",      "*",       "a**b", "a_",   "<!--",    "<?",
                            "`a``", "[a](",   "[]: ",    "|a\n", "-\n",  "~~a ",    "]",
                            "\\[",  "www.a@", "http://", "@a.b", "<a b", "x|\n-|\n"}) {
    std::string html = markdown(repeat(piece, size / std::string_view(piece).size())).html;
    EXPECT_TRUE(is_valid_utf8(html)) << piece;
  }
}

TEST(Compose, SurvivesAMegabyte) {
  for (char const* piece : {"ä", "a\n\n", "@alice #tag ", "https://a.test/ :cat: "}) {
    std::string source = repeat(piece, (1 << 20) / std::string_view(piece).size());
    EXPECT_TRUE(is_valid_utf8(plain(source).html)) << piece;
    EXPECT_TRUE(is_valid_utf8(markdown(source).html)) << piece;
  }
}

TEST(Compose, MakesValidUtf8OfAnything) {
  std::string bytes;
  for (int i = 1; i < 256; ++i) bytes += static_cast<char>(i);
  EXPECT_TRUE(is_valid_utf8(plain(bytes).html));
  EXPECT_TRUE(is_valid_utf8(markdown(bytes).html));
}

TEST(Compose, WritesWhatTheSanitizerKeeps) {
  for (char const* source :
       {"a\nb\n\n c ", "https://a.test/x & <b>", "*a*\n\n- x\n\n- y\n  > z", "|a|\n|-|\n", "1. \n2. a", "#",
        "```\n```", "<div>\n\nx", "[](https://a.test)", "# \n\n## [x](y) **", "~~*a **b***~~", "a\\\nb"}) {
    for (SourceType type : {SourceType::plain, SourceType::markdown}) {
      std::string html = compose(source, type, {}).html;
      EXPECT_EQ(sanitize_html(html), html) << source;
    }
  }
}

}  // namespace
}  // namespace posy::text
