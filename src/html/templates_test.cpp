#include "html/templates.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "html/assets.hpp"

namespace posy::html {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view pragma = "{{%AUTOESCAPE context=\"HTML\"}}";
constexpr std::string_view nasty = R"(</script><script>alert(1)</script>"' onload=x & {"a":1})";

std::string fill(std::string_view body, Values const& values) {
  std::string content = std::string{pragma} + std::string{body};
  EmbeddedFile files[] = {{"test.html", content}};
  return Templates{{files}}.render("test.html", values);
}

std::string fill(std::string_view body, std::string_view value) {
  Values values;
  values.set("VALUE", value);
  return fill(body, values);
}

TEST(Templates, ValuesAreEscapedInText) {
  EXPECT_EQ(fill("<p>{{VALUE}}</p>", "<b>&\"'"), "<p>&lt;b&gt;&amp;&quot;&#39;</p>");
}

TEST(Templates, ValuesAreEscapedInAttributes) {
  auto out = fill("<img alt=\"{{VALUE}}\" title='{{VALUE}}'>", nasty);
  EXPECT_EQ(std::count(out.begin(), out.end(), '"'), 2);
  EXPECT_EQ(std::count(out.begin(), out.end(), '\''), 2);
  EXPECT_EQ(std::count(out.begin(), out.end(), '<'), 1);
}

TEST(Templates, AnUnquotedAttributeCannotBeLeft) {
  auto out = fill("<p data-x={{VALUE}}>", "a onclick=alert(1)");
  EXPECT_THAT(out, Not(HasSubstr(" onclick")));
}

TEST(Templates, OnlyHarmlessUrlsAreLinked) {
  EXPECT_EQ(fill("<a href=\"{{VALUE}}\">", "https://a.example/x?a=1&b=2"),
            "<a href=\"https://a.example/x?a=1&amp;b=2\">");
  EXPECT_EQ(fill("<a href=\"{{VALUE}}\">", "/@posy/1"), "<a href=\"/@posy/1\">");
  for (std::string_view bad : {"javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)",
                               "data:text/html,<script>", "vbscript:x", "java\nscript:alert(1)"}) {
    for (std::string_view place :
         {"<a href=\"{{VALUE}}\">", "<form action=\"{{VALUE}}\">", "<video src='{{VALUE}}'>"}) {
      auto out = fill(place, bad);
      EXPECT_THAT(out, Not(HasSubstr("script:"))) << bad;
      EXPECT_THAT(out, Not(HasSubstr("data:"))) << bad;
    }
  }
}

TEST(Templates, AUrlCannotLeaveItsAttribute) {
  auto out = fill("<a href=\"{{VALUE}}\">", "https://a.example/\"><script>");
  EXPECT_EQ(std::count(out.begin(), out.end(), '<'), 1);
  EXPECT_EQ(std::count(out.begin(), out.end(), '"'), 2);
}

TEST(Templates, ValuesInScriptsStayInTheirString) {
  auto out = fill("<script>var a = \"{{VALUE}}\";</script>", nasty);
  EXPECT_EQ(std::count(out.begin(), out.end(), '<'), 2);
  EXPECT_EQ(std::count(out.begin(), out.end(), '"'), 2);
  EXPECT_EQ(fill("<script>var a = {{VALUE}};</script>", "alert(1)"), "<script>var a = null;</script>");
  EXPECT_EQ(fill("<script>var a = {{VALUE}};</script>", "42"), "<script>var a = 42;</script>");
  out = fill("<script type=\"application/ld+json\">{\"name\": \"{{VALUE}}\"}</script>", nasty);
  EXPECT_EQ(std::count(out.begin(), out.end(), '<'), 2);
}

TEST(Templates, StylesTakeOnlyHarmlessValues) {
  auto out = fill("<i style=\"width: {{VALUE}}\">", "1px;background:url(javascript:x)\"><b>");
  EXPECT_THAT(out, Not(HasSubstr("url(")));
  EXPECT_THAT(out, Not(HasSubstr("<b>")));
  EXPECT_EQ(fill("<i style=\"width: {{VALUE}}\">", "42.5%"), "<i style=\"width: 42.5%\">");
  EXPECT_EQ(fill("<i style=\"background: {{VALUE}}\">", "#a1b2c3"), "<i style=\"background: #a1b2c3\">");
}

TEST(Templates, SafeHtmlGoesInAsItIs) {
  Values values;
  values.set_safe_html("CONTENT_HTML", "<p>hi &amp; <b>you</b></p>");
  EXPECT_EQ(fill("<div>{{CONTENT_HTML:none}}</div>", values), "<div><p>hi &amp; <b>you</b></p></div>");
}

TEST(TemplatesDeathTest, TheTwoDoorsAreNotMixedUp) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_DEATH(Values{}.set("CONTENT_HTML", "<b>"), "is_html_name");
  EXPECT_DEATH(Values{}.set_safe_html("CONTENT", "<b>"), "is_html_name");
}

TEST(Templates, SectionsRepeatAndSeeWhatIsAround) {
  Values values;
  values.set("HOST", "a.example");
  values.section("ITEM").set("NAME", "<one>");
  values.section("ITEM").set("NAME", "two").show("IF_LAST").set("COUNT", 2);
  values.set_if_any("NOTE", "").set_if_any("SIGN", "x").show_if(false, "IF_NO").show_if(true, "IF_YES");
  EXPECT_EQ(fill("{{#ITEM}}{{NAME}}@{{HOST}}{{#IF_LAST}}!{{COUNT}}{{/IF_LAST}};{{/ITEM}}"
                 "{{#NOTE}}[{{NOTE}}]{{/NOTE}}{{#SIGN}}[{{SIGN}}]{{/SIGN}}{{#IF_NO}}no{{/"
                 "IF_NO}}{{#IF_YES}}yes{{/IF_YES}}",
                 values),
            "&lt;one&gt;@a.example;two@a.example!2;[x]yes");
}

TEST(Templates, IncludeOneAnotherWithEscaping) {
  std::string outer = std::string{pragma} + "<ul>{{>PART}}</ul>";
  std::string inner = std::string{pragma} + "<li title=\"{{NAME}}\">{{NAME}}</li>";
  EmbeddedFile one[] = {{"inner.html", inner}};
  EmbeddedFile two[] = {{"outer.html", outer}};
  Templates all{EmbeddedFiles{one}, EmbeddedFiles{two}};
  Values values;
  values.include("PART", "inner.html").set("NAME", "\"<");
  values.include("PART", "inner.html").set("NAME", "b");
  EXPECT_EQ(all.render("outer.html", values),
            "<ul><li title=\"&quot;&lt;\">&quot;&lt;</li><li title=\"b\">b</li></ul>");
}

TEST(Templates, BrokenOnesAreFoundAtStart) {
  for (std::string_view bad :
       {"{{#A}}never closed", "{{/A}}", "{{A", "{{A:nonsense}}", "{{NAME:none}}", "{{TEXT:h:none}}"}) {
    std::string content = std::string{pragma} + std::string{bad};
    EmbeddedFile files[] = {{"bad.html", content}};
    EXPECT_THROW((Templates{{files}}), std::logic_error) << bad;
  }
  EmbeddedFile plain[] = {{"bad.html", "<p>{{A}}</p>"}};
  EXPECT_THROW((Templates{{plain}}), std::logic_error);
  std::string content{pragma};
  EmbeddedFile twice[] = {{"a.html", content}, {"a.html", content}};
  EXPECT_THROW((Templates{{twice}}), std::logic_error);
}

TEST(TemplatesDeathTest, AnUnknownNameIsOurMistake) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  Templates all{{templates()}};
  EXPECT_DEATH(all.render("missing.html", Values{}), "rendered");
}

TEST(Layout, CarriesThePageAndItsDescription) {
  Templates all{{templates()}};
  Values page;
  page.set("TITLE", "Rosa & \"friends\"")
      .set("LANGUAGE", "de")
      .set("INSTANCE", "Posy")
      .set("STYLE_URL", "/assets/posy.css?v=1");
  page.set_if_any("DESCRIPTION", "</title><script>").set_if_any("CANONICAL", "https://a.example/@rosa");
  page.section("FEED")
      .set("FEED_TYPE", "application/rss+xml")
      .set("FEED_URL", "/@rosa.rss")
      .set("FEED_TITLE", "Rosa");
  page.set_safe_html("CONTENT_HTML", "<h1>Hello</h1>");
  auto out = all.render("layout.html", page);
  EXPECT_THAT(out, HasSubstr("<!doctype html>"));
  EXPECT_THAT(out, HasSubstr("<html lang=\"de\">"));
  EXPECT_THAT(out, HasSubstr("<title>Rosa &amp; &quot;friends&quot;</title>"));
  EXPECT_THAT(out, HasSubstr("<meta name=\"description\" content=\"&lt;/title&gt;&lt;script&gt;\">"));
  EXPECT_THAT(out, HasSubstr("<link rel=\"canonical\" href=\"https://a.example/@rosa\">"));
  EXPECT_THAT(out, HasSubstr("<link rel=\"alternate\" type=\"application/rss+xml\""));
  EXPECT_THAT(out, HasSubstr("<h1>Hello</h1>"));
  EXPECT_THAT(out, Not(HasSubstr("<script>")));
  EXPECT_THAT(out, Not(HasSubstr("og:image")));
}

}  // namespace
}  // namespace posy::html
