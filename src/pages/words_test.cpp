#include "pages/words.hpp"

#include <gtest/gtest.h>

#include "pages/post_parts.hpp"

namespace posy::pages {
namespace {

TEST(Words, DatesReadAsPeopleWriteThem) {
  auto time = *parse_rfc3339("2026-11-02T05:04:59.999Z");
  EXPECT_EQ(short_date(time), "2 Nov 2026");
  EXPECT_EQ(long_date(time), "2 November 2026, 05:04 UTC");
  EXPECT_EQ(month(time), "November 2026");
}

TEST(Words, NumbersStayShort) {
  EXPECT_EQ(short_number(0), "0");
  EXPECT_EQ(short_number(999), "999");
  EXPECT_EQ(short_number(1000), "1,000");
  EXPECT_EQ(short_number(999'999), "999,999");
  EXPECT_EQ(short_number(1'250'000), "1.2 million");
  EXPECT_EQ(counted(1, "reply", "replies"), "1 reply");
  EXPECT_EQ(counted(0, "reply", "replies"), "0 replies");
}

TEST(Words, ExtractsAreOneLine) {
  EXPECT_EQ(extract("<p>a<br>b</p><p> c &amp; d</p>", 20), "a b c & d");
  EXPECT_EQ(extract("<p>abcdef</p>", 4), "abc…");
  EXPECT_EQ(extract("", 4), "");
}

TEST(Colour, IsTheAverageOfABlurHash) {
  EXPECT_EQ(colour_of("LEHV6nWB2yk8pyo0adR*.7kCMdnj").size(), 7u);
  EXPECT_EQ(colour_of("L0000000"), "#000000");
  EXPECT_EQ(colour_of("L\"><script>"), "");
  EXPECT_EQ(colour_of("L"), "");
}

}  // namespace
}  // namespace posy::pages
