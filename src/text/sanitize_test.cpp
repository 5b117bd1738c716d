#include "text/sanitize.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <iterator>
#include <random>

#include "base/encoding.hpp"
#include "text/html_guard.hpp"

namespace posy::text {
namespace {

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(Sanitize, KeepsTheHtmlOfPosts) {
  std::string html =
      "<p>Hi <strong>you</strong><br />and <em>me</em></p><ul><li>a</li><li>b</li></ul>"
      "<blockquote><p>q</p></blockquote><pre><code>x &lt; y\n</code></pre><h2>t</h2>"
      "<ol start=\"3\" reversed=\"reversed\"><li value=\"7\">x</li></ol>"
      "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>";
  EXPECT_EQ(sanitize_html(html), html);
}

TEST(Sanitize, KeepsMentionsAndTagsButNotForeignClasses) {
  EXPECT_EQ(sanitize_html("<span class='h-card evil' translate=no><a class=\"mention button u-url\" "
                          "href=\"https://a.test/@x\">@<span>x</span></a></span>"),
            "<span class=\"h-card\" translate=\"no\"><a href=\"https://a.test/@x\" class=\"mention u-url\" "
            "target=\"_blank\" rel=\"nofollow noopener\">@<span>x</span></a></span>");
  EXPECT_EQ(sanitize_html("<a rel='me tag' class=hashtag href=https://a.test/t>#t</a>"),
            "<a href=\"https://a.test/t\" class=\"hashtag\" target=\"_blank\" rel=\"tag nofollow "
            "noopener\">#t</a>");
  EXPECT_EQ(sanitize_html("<p class='quote-inline x'>RE</p>"), "<p class=\"quote-inline\">RE</p>");
}

TEST(Sanitize, ForcesRelAndTarget) {
  EXPECT_EQ(sanitize_html("<a href='https://a.test' rel='opener' target=_top onclick=x()>a</a>"),
            "<a href=\"https://a.test\" target=\"_blank\" rel=\"nofollow noopener\">a</a>");
}

TEST(Sanitize, UnwrapsWhatItDoesNotKnow) {
  EXPECT_EQ(sanitize_html("<blink>a</blink><font color=red>b</font>"), "ab");
  EXPECT_EQ(sanitize_html("<div>a</div><div>b<p>c</p>d</div>"), "<p>a</p><p>b</p><p>c</p><p>d</p>");
}

TEST(Sanitize, TurnsPicturesIntoLinks) {
  EXPECT_EQ(sanitize_html("<img src=https://a.test/p.png alt='a cat' onerror=x>"),
            "<a href=\"https://a.test/p.png\" target=\"_blank\" rel=\"nofollow noopener\">a cat</a>");
  EXPECT_EQ(sanitize_html("<img class=emoji src=https://a.test/p.png alt=':cat:'>"), ":cat:");
  EXPECT_EQ(sanitize_html("<img src='data:image/png;base64,AA' alt=x>"), "x");
}

// Each picture as "picture:N", a link behind two.
std::string with_pictures(std::string_view html) {
  std::vector<std::string> seen;
  return sanitize_html(html, [&](HtmlPicture const& picture) -> std::optional<std::string> {
    seen.push_back(picture.address);
    if (seen.size() > 2) return {};
    return "picture:" + std::to_string(seen.size());
  });
}

TEST(Sanitize, ShowsThePicturesOfArticlesFromElsewhere) {
  EXPECT_EQ(with_pictures("<p>a<img src=https://a.test/p.png alt='a \"cat\"' width=640 height='480' onload=x "
                          "srcset='https://a.test/q.png 2x' style='x'>b</p>"),
            "<p>a</p><figure><img src=\"picture:1\" alt=\"a &quot;cat&quot;\" width=\"640\" height=\"480\" "
            "loading=\"lazy\" /></figure><p>b</p>");
  EXPECT_EQ(with_pictures("<figure><a href=https://a.test/><img src=https://a.test/p.png></a><figcaption>A cat"
                          "</figcaption></figure>"),
            "<figure><img src=\"picture:1\" alt=\"\" loading=\"lazy\" /></figure><p>A cat</p>");
  EXPECT_EQ(with_pictures("<img class='wp-smiley emoji' src=https://a.test/1f.svg alt='☘'>"), "☘");
}

TEST(Sanitize, LeavesOutWhatCountsReadersAndBoundsPictures) {
  for (auto const* pixel : {"width=1 height=1", "width=0", "height='0px'", "width=1px", "height=3"})
    EXPECT_EQ(with_pictures(fmt::format("<img src=https://t.test/?id=1 {}>", pixel)), "") << pixel;
  auto many = with_pictures(repeat("<img src=https://a.test/p.png alt=x>", 3));
  EXPECT_NE(many.find("<a href=\"https://a.test/p.png\""), many.npos);
  for (auto const* source : {"javascript:x()", "data:image/png;base64,AA", "file:///etc/passwd", "/p.png", "picture:0"})
    EXPECT_EQ(with_pictures(fmt::format("<img src='{}' alt=x>", source)), "x") << source;
}

class HostileHtml : public testing::TestWithParam<char const*> {};

TEST_P(HostileHtml, LosesItsPower) {
  std::string html = sanitize_html(GetParam());
  for (char const* danger :
       {"<script", "<style",      "<svg",       "<math",         "<iframe",  "<img",
        "<object", "<embed",      "<form",      "<input",        "<base",    "<meta",
        "<link",   "<template",   "<video",     "=\"javascript", "=\"data:", "=\"vbscript",
        " style=", " onerror=\"", " onload=\"", " id=\"",        "<!--"}) {
    EXPECT_EQ(html.find(danger), std::string::npos) << html;
  }
  EXPECT_EQ(sanitize_html(html), html);
}

INSTANTIATE_TEST_SUITE_P(
    Corpus, HostileHtml,
    testing::Values(
        "<script>alert(1)</script>", "<ScRiPt src=//x.test></sCrIpT>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>", "<<script>script>alert(1)<</script>/script>", "<script",
        "<script>alert(1)", "</script><script>1</script>", "<img src=x onerror=alert(1)>",
        "<img/src='x'/onerror='alert(1)'>", "<img src=\"x\" `<script>alert(1)</script>`>",
        "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>",
        "<svg><a xlink:href='javascript:1'>x</a></svg>",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 "
        "onerror=alert(1)&gt;\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
        "<noscript><p title=\"</noscript><img src=x onerror=1>\">", "<a href='javascript:alert(1)'>x</a>",
        "<a href=' java\nscript:alert(1)'>x</a>", "<a href='&#106;avascript:alert(1)'>x</a>",
        "<a href='&#x01;javascript:alert(1)'>x</a>", "<a href='JaVaScRiPt:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>", "<a href='vbscript:x'>x</a>",
        "<a href='//x.test'>x</a>", "<a href='/settings/delete'>x</a>",
        "<a href=\"https://x.test/&quot; onclick=&quot;alert(1)\">x</a>",
        "<a href='https://x.test' style='position:fixed'>x</a>",
        "<p style='background:url(javascript:1)'>x</p>", "<p id=login onmouseover=alert(1)>x</p>",
        "<style>@import 'https://x.test'</style>", "<style><p title='</style><script>alert(1)</script>'>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<iframe src=javascript:alert(1)>",
        "<object data=x>", "<embed src=x>", "<base href='https://x.test/'>",
        "<meta http-equiv=refresh content='0;url=x'>", "<link rel=stylesheet href=x>",
        "<form action=x><input name=password><button formaction=javascript:1>x</form>",
        "<template><script>alert(1)</script></template>", "<video><source onerror=alert(1)></video>",
        "<details open ontoggle=alert(1)>x</details>", "<marquee onstart=alert(1)>x</marquee>",
        "<xmp><p title=\"</xmp><img src=x onerror=1>\">", "<!--[if IE]><script>alert(1)</script><![endif]-->",
        "<!--><img src=x onerror=1>-->", "<!-- --!><img src=x onerror=1>",
        "<?xml version='1.0'?><script>alert(1)</script>", "<![CDATA[<script>alert(1)</script>]]>", "</ <b>x",
        "<b <script>x", "<textarea><img src=x onerror=1></textarea>", "<title><img src=x onerror=1></title>",
        "<plaintext><script>alert(1)", "<table><a href='javascript:1'>x<tr><td><a href='https://a.test'>y",
        "<select><script>alert(1)</script></select>", "<b><p><b><p></b></p><i></b>x</i>",
        "<p><table><p>x</table>y", "<a href=https://a.test><table><td><a href=https://b.test>x",
        "<ruby><rt><rp><rt>x</ruby>", "<ul><li><section><li>x", "<h1><div><h2>x",
        "<table><caption>c</caption>x<tr>y<td>z", "<li>a<li>b", "<ul>a<p>b<ul>c</ul>d</ul>",
        "<pre>\n\nx</pre>", "<pre><b>\nx</b></pre>", "a&#13;b&#0;c&#x80;d&#xfffe;", "<p>x<br></p><hr>",
        "<span><span><span>x", "<dl><dt>a<dd>b</dl>", "<body onload=1><html x=y><frameset>x"));

TEST(Sanitize, KeepsNothingOfScripts) {
  EXPECT_EQ(sanitize_html("a<script>alert(1)</script>b<style>p{}</style>c<svg><text>d</text></svg>e"),
            "abce");
}

TEST(Sanitize, GivesValidUtf8ForBrokenBytes) {
  std::string html = sanitize_html("<p>\xff\xfe \xc3 \xed\xa0\x80</p><a href='https://a.test/\xff'>x</a>");
  EXPECT_TRUE(is_valid_utf8(html));
  EXPECT_EQ(sanitize_html(html), html);
}

TEST(Sanitize, SurvivesDeepNesting) {
  for (char const* tag :
       {"<b>", "<div>", "<blockquote>", "<ul><li>", "<table><tr><td>", "<a href=https://a.test>",
        "<b><object></b></object>", "<b><!--</b>-->", "<b x=\"</b>\">", "<svg>", "<ruby><rt>"}) {
    std::string html = sanitize_html(repeat(tag, 100'000));
    EXPECT_EQ(sanitize_html(html), html) << tag;
  }
  EXPECT_EQ(sanitize_html(repeat("<b>", 50) + "x"), "<b>x</b>");
}

TEST(Sanitize, SurvivesWhatGrowsWithTheSquare) {
  std::string crowd = "<p ";
  for (int i = 0; i < 100'000; ++i) crowd += fmt::format("a{} ", i);
  EXPECT_EQ(sanitize_html(crowd + ">x"), " x");
  std::string active;
  for (int i = 0; i < 50'000; ++i) active += fmt::format("<p><b x={}>", i);
  EXPECT_LE(sanitize_html(active).size(), active.size());
  EXPECT_EQ(sanitize_html(repeat("<", 400'000)), repeat("&lt;", 400'000));
  EXPECT_EQ(sanitize_html(repeat("<a", 500'000)), "");
  EXPECT_EQ(sanitize_html(repeat("<!--", 250'000)), "");
  std::string entities = sanitize_html(repeat("&amp", 250'000));
  EXPECT_EQ(entities, repeat("&amp;", 250'000));
}

TEST(Sanitize, CutsLongInput) {
  std::string html = sanitize_html("<p>" + repeat("ä", 2 << 20));
  EXPECT_TRUE(is_valid_utf8(html));
  EXPECT_GT(html.size(), html_input_bytes_max / 2);
  EXPECT_LE(html.size(), html_input_bytes_max + 10);
}

TEST(Sanitize, ReachesItsResultAtOnce) {
  constexpr std::string_view names[] = {"a href=https://a.test",
                                        "b",
                                        "p",
                                        "div",
                                        "ul",
                                        "ol",
                                        "li",
                                        "table",
                                        "tr",
                                        "td",
                                        "tbody",
                                        "caption",
                                        "h1",
                                        "h2",
                                        "pre",
                                        "blockquote",
                                        "span",
                                        "ruby",
                                        "rt",
                                        "rp",
                                        "br",
                                        "hr",
                                        "img alt=i",
                                        "button",
                                        "object",
                                        "form",
                                        "svg",
                                        "dd",
                                        "nobr",
                                        "font"};
  std::mt19937 random(1);
  for (int round = 0; round < 3000; ++round) {
    std::string html;
    for (unsigned length = random() % 40; length > 0; --length) {
      std::string_view name = names[random() % std::size(names)];
      bool is_end = random() % 3 == 0;
      html += is_end ? "</" : "<";
      html += is_end ? name.substr(0, name.find(' ')) : name;
      html += random() % 2 == 0 ? ">x" : ">\n";
    }
    std::string clean = sanitize_html(html);
    ASSERT_EQ(sanitize_html(clean), clean) << html;
  }
}

TEST(HtmlGuard, LeavesNothingThatCouldJoinIntoAComment) {
  EXPECT_EQ(guard_html("<<!-- x -->!-- y"), "< !-- y");
  EXPECT_EQ(guard_html("a<!doctype html>b"), "a b");
}

TEST(HtmlGuard, ReadsAttributesAsTheStandardDoes) {
  EXPECT_EQ(guard_html("<b x=\"<i>\">y"), "<b x=\"<i>\">y");
  EXPECT_EQ(guard_html("<b \"<i>\">y"), "<b \"<i>\">y");
  EXPECT_EQ(guard_html("<b x='"), "");
}

TEST(HtmlGuard, CountsAnEndTagOnlyForTheLastOpenElement) {
  std::string misnested = repeat("<b><i></b></i>", 1000);
  EXPECT_LT(guard_html(misnested).size(), misnested.size());
  std::string nested = repeat("<b><i></i></b>", 1000);
  EXPECT_EQ(guard_html(nested), nested);
}

}  // namespace
}  // namespace posy::text
