#include "text/html_writer.hpp"

#include <gtest/gtest.h>

namespace posy::text {
namespace {

TEST(HtmlWriter, EscapesTextAndDropsControls) {
  HtmlWriter writer;
  writer.text(std::string_view("<b>&\"'\0\x07\x7f\xff", 11));
  EXPECT_EQ(writer.finish(), "&lt;b&gt;&amp;&quot;&#39;\xef\xbf\xbd");
}

TEST(HtmlWriter, WritesNothingForWhatIsEmpty) {
  HtmlWriter writer;
  writer.enter(Element::p);
  writer.enter(Element::b);
  writer.text("  \n");
  writer.leave();
  writer.leave();
  EXPECT_EQ(writer.finish(), "");
}

TEST(HtmlWriter, EndsAndReopensEmphasisAroundBlocks) {
  HtmlWriter writer;
  writer.enter(Element::p);
  writer.enter(Element::b);
  writer.text("one");
  writer.enter(Element::blockquote);
  writer.text("two");
  writer.leave();
  writer.text("three");
  writer.leave();
  writer.leave();
  EXPECT_EQ(writer.finish(), "<p><b>one</b></p><blockquote><b>two</b></blockquote><p><b>three</b></p>");
}

TEST(HtmlWriter, PutsStrayContentOfAListIntoAnItem) {
  HtmlWriter writer;
  writer.enter(Element::ul);
  writer.text("stray");
  writer.enter(Element::li);
  writer.text("item");
  writer.leave();
  writer.leave();
  EXPECT_EQ(writer.finish(), "<ul><li>stray</li><li>item</li></ul>");
}

TEST(HtmlWriter, KeepsTheFirstNewlineOfPreformattedText) {
  HtmlWriter writer;
  writer.enter(Element::pre);
  writer.text("\n  x");
  writer.leave();
  EXPECT_EQ(writer.finish(), "<pre>\n\n  x</pre>");
}

TEST(HtmlWriter, HoldsNoLinkInALink) {
  HtmlWriter writer;
  writer.enter(Element::a, " href=\"https://a.test\"");
  writer.enter(Element::a, " href=\"https://b.test\"");
  writer.text("x");
  writer.leave();
  writer.leave();
  EXPECT_EQ(writer.finish(), "<a href=\"https://a.test\">x</a>");
}

TEST(HtmlWriter, ClosesWhatTheCallerLeftOpen) {
  HtmlWriter writer;
  writer.enter(Element::table);
  writer.enter(Element::tr);
  writer.enter(Element::td);
  writer.text("x");
  EXPECT_EQ(writer.finish(), "<table><tbody><tr><td>x</td></tr></tbody></table>");
}

TEST(HtmlWriter, StopsAtItsLimit) {
  HtmlWriter writer;
  std::string megabyte(1 << 20, 'x');
  for (int i = 0; i < 10; ++i) writer.text(megabyte);
  EXPECT_LE(writer.finish().size(), HtmlWriter::html_bytes_max);
}

}  // namespace
}  // namespace posy::text
