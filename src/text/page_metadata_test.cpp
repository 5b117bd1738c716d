#include "text/page_metadata.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/encoding.hpp"
#include "text/html_links.hpp"
#include "text/page_head.hpp"

namespace posy::text {
namespace {

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(PageMetadata, IsReadFromOpenGraph) {
  auto page = read_page_metadata(R"html(<!DOCTYPE html><html lang="de-AT"><head>
      <title>The paper</title>
      <script>if (a<b) document.write("<meta property='og:title' content='no'>");</script>
      <meta property="og:title" content="A &quot;long&quot; day &amp; night">
      <meta property="og:description" content="  What
         happened  ">
      <meta property="og:site_name" content="The Paper"><meta property="og:image" content="/a.png">
      <meta property="og:image:alt" content="A square"><meta name="author" content="Ada Example">
      <meta property="article:published_time" content="2026-01-02T03:04:05+01:00">
      <meta name="fediverse:creator" content="@ada@B.example"><link rel="canonical" href="https://a.example/day">
      </head><body><meta property="og:title" content="by a stranger"></body></html>)html");
  EXPECT_EQ(page.title, "A \"long\" day & night");
  EXPECT_EQ(page.description, "What happened");
  EXPECT_EQ(page.provider_name, "The Paper");
  EXPECT_EQ(page.image, "/a.png");
  EXPECT_EQ(page.image_description, "A square");
  EXPECT_EQ(page.author_name, "Ada Example");
  EXPECT_EQ(page.creator, "ada@b.example");
  EXPECT_EQ(page.canonical, "https://a.example/day");
  EXPECT_EQ(page.language, "de-AT");
  EXPECT_EQ(to_rfc3339(page.published_at.value()), "2026-01-02T02:04:05.000Z");
}

TEST(PageMetadata, FallsBackToTwitterAndPlainHtml) {
  auto twitter = read_page_metadata("<title>plain</title><meta name=twitter:title content=cards>"
                                    "<meta name=twitter:image content=https://a.example/b.png>");
  EXPECT_EQ(twitter.title, "cards");
  EXPECT_EQ(twitter.image, "https://a.example/b.png");
  auto plain = read_page_metadata("<TITLE>\n \"Quoted\" &lt;b&gt; </TITLE><meta name=description content='a'>");
  EXPECT_EQ(plain.title, "\"Quoted\" <b>");
  EXPECT_EQ(plain.description, "a");
  EXPECT_EQ(read_page_metadata("no page at all").title, "");
}

TEST(PageMetadata, DoesNotBelieveWhatIsNoTag) {
  EXPECT_EQ(read_page_metadata("<!-- <meta property=og:title content=a> --><title>b</title>").title, "b");
  EXPECT_EQ(read_page_metadata("<textarea><title>a</title></textarea>").title, "");
  EXPECT_EQ(read_page_metadata("<title><meta property=og:title content=x></title>").title,
            "<meta property=og:title content=x>");
  EXPECT_EQ(read_page_metadata("<title>a</title><meta property=\"og:title\" content=\"b").title, "a");
  for (auto const* creator : {"ada", "@@b", "ada@", "a b@c.example", "ada@b.example/x", "ada@b@c"})
    EXPECT_EQ(read_page_metadata(fmt::format("<meta name=fediverse:creator content=\"{}\">", creator)).creator, "")
        << creator;
}

TEST(PageMetadata, IsBoundedAndCleanWhateverComes) {
  std::string const pages[] = {
      repeat("<div>", 200'000),
      repeat("<meta property=og:title content=x>", 40'000),
      repeat("<title>", 150'000),
      "<meta " + repeat("a=b ", 200'000) + " property=og:title content=x>",
      "<title>" + repeat("x", 900'000) + "</title>",
      "<meta property=og:title content=\"" + repeat("\xf0\x9f\x98\x80", 200'000) + "\">",
      repeat("<script></script", 60'000),
      repeat("<!--", 200'000),
      repeat("</", 400'000),
      "<title>a\xff\xfe\x01\xe2\x80" "b</title>",
  };
  for (auto const& page : pages) {
    auto read = read_page_metadata(page);
    EXPECT_LE(read.title.size(), page_title_characters_max * 8);
    EXPECT_TRUE(is_valid_utf8(read.title));
    EXPECT_EQ(read.title.find('\x01'), std::string::npos);
    EXPECT_LE(flatten_page_head(page).size(), 2 * page_head_bytes_max + 100);
  }
}

TEST(PageCharset, IsThatOfTheMarkTheHeaderOrThePage) {
  EXPECT_EQ(page_to_utf8("caf\xe9", "text/html; charset=ISO-8859-1"), "café");
  EXPECT_EQ(page_to_utf8("caf\xc3\xa9", "text/html"), "café");
  EXPECT_EQ(page_to_utf8("caf\xe9 \x93", "text/html"), "café “");
  EXPECT_EQ(page_to_utf8("<meta charset='windows-1251'>\xcf\xf0", "text/html"), "<meta charset='windows-1251'>Пр");
  EXPECT_EQ(page_to_utf8("\x93\xfa\x96\x7b", "text/html;charset=Shift_JIS"), "日本");
  EXPECT_EQ(page_to_utf8(std::string("\xff\xfe" "a\0b\0", 6), "text/html; charset=utf-8"), "ab");
  EXPECT_EQ(page_to_utf8("\xef\xbb\xbf" "a", ""), "a");
  auto cut = repeat("\xe2\x80\x9c", page_bytes_max / 3 + 1);
  EXPECT_TRUE(page_to_utf8(cut, "").starts_with("\xe2\x80\x9c"));
}

TEST(PageCharset, IsNotThatOfAMischiefMaker) {
  for (auto const* name : {"utf-7", "utf7", "SCSU", "BOCU-1", "nonsense", "", "%s%n", "../../etc"})
    EXPECT_EQ(page_to_utf8("+ADw-b", fmt::format("text/html; charset={}", name)), "+ADw-b") << name;
  EXPECT_EQ(page_to_utf8("<meta charset=utf-16>a", ""), "<meta charset=utf-16>a");
  EXPECT_EQ(page_to_utf8(repeat("x", 3 << 20), "").size(), page_bytes_max);
  auto broken = page_to_utf8("<title>caf\xe9</title>", "text/html; charset=utf-8");
  EXPECT_EQ(read_page_metadata(broken).title, "caf\xef\xbf\xbd");
}

TEST(HtmlLinks, AreThoseThatLeadToPages) {
  auto links = links_in_html(
      "<p><a href=\"https://a.example/@x\" class=\"mention u-url\">@x</a> "
      "<a href=\"https://a.example/t\" class=\"hashtag\" rel=\"tag\">#t</a> "
      "<a href=\"https://b.example/1\">1</a> <a href=\"mailto:x@b.example\">m</a> "
      "<a href=\"https://b.example/1\">1</a> <a href=\"https://c.example/?a=1&amp;b=2\">2</a></p>"
      "<p class=\"quote-inline\">RE: <a href=\"https://d.example\">d</a></p>"
      "<p><a href=\"https://e.example\">e</a></p>",
      10);
  std::vector<std::string> const wanted = {"https://b.example/1", "https://c.example/?a=1&b=2", "https://e.example"};
  EXPECT_EQ(links, wanted);
  auto many = repeat("<a href='https://a.example'>x</a><a href='https://b.example'>y</a>", 1000);
  EXPECT_EQ(links_in_html(many, 1).size(), 1u);
}

}  // namespace
}  // namespace posy::text
