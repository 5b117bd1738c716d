#include "text/normalize.hpp"

#include <gtest/gtest.h>

namespace posy::text {
namespace {

using namespace std::string_view_literals;

TEST(Clean, RefusesWhatIsNotUtf8) {
  EXPECT_FALSE(clean("\xff"));
  EXPECT_FALSE(clean("a\xc3"));
  EXPECT_FALSE(clean("\xed\xa0\x80"));
  EXPECT_FALSE(clean("\xf4\x90\x80\x80"));
  EXPECT_EQ(clean(""), "");
}

TEST(Clean, ComposesAccentsAndNewlines) {
  EXPECT_EQ(clean("e\xcc\x81"), "\xc3\xa9");
  EXPECT_EQ(clean("a\r\nb\rc\n\td"), "a\nb\nc\n\td");
}

TEST(Clean, DropsControlsAndNonCharacters) {
  EXPECT_EQ(clean("a\0b\x1b\x7f\xc2\x85\xef\xbf\xbe\xef\xbf\xbf\xef\xb7\x90"sv), "ab");
}

TEST(Clean, KeepsReplacementCharactersAndJoiners) {
  EXPECT_EQ(clean("\xef\xbf\xbd"), "\xef\xbf\xbd");
  EXPECT_EQ(clean("👩‍👩‍👧"), "👩‍👩‍👧");
}

TEST(Scrub, MarksBrokenBytes) {
  EXPECT_EQ(scrub("a\xff"
                  "b"),
            "a\xef\xbf\xbd"
            "b");
}

TEST(FoldTag, JoinsSpellings) {
  EXPECT_EQ(fold_tag("Straße"), fold_tag("STRASSE"));
  EXPECT_EQ(fold_tag("ＴＡＧ"), "tag");
  EXPECT_EQ(fold_tag("ÀÉ"), "àé");
  EXPECT_EQ(fold_tag("日本語"), "日本語");
  EXPECT_EQ(fold_tag("می\xe2\x80\x8cخواهم"), "میخواهم");
  EXPECT_EQ(fold_tag("ﷺ").find(' '), std::string::npos);
  EXPECT_EQ(fold_tag("!?"), "");
}

TEST(Username, IsShortAndPlain) {
  EXPECT_TRUE(is_valid_username("alice_B1"));
  EXPECT_TRUE(is_valid_username(std::string(30, 'a')));
  for (char const* name : {"", "a.b", "a-b", "ä", "a b", "a@b", "a\n"})
    EXPECT_FALSE(is_valid_username(name)) << name;
  EXPECT_FALSE(is_valid_username(std::string(31, 'a')));
  EXPECT_EQ(fold_username("Alice_B"), "alice_b");
}

TEST(Domain, IsLowerCaseAndPunycode) {
  EXPECT_EQ(to_ascii_domain("Example.ORG"), "example.org");
  EXPECT_EQ(to_ascii_domain("bücher.example"), "xn--bcher-kva.example");
  EXPECT_EQ(to_ascii_domain("BÜCHER.example"), "xn--bcher-kva.example");
  EXPECT_EQ(to_ascii_domain("straße.de"), "xn--strae-oqa.de");
  EXPECT_EQ(to_ascii_domain("xn--bcher-kva.example"), "xn--bcher-kva.example");
  EXPECT_EQ(to_unicode_domain("xn--bcher-kva.example"), "bücher.example");
  EXPECT_EQ(to_unicode_domain("example.org"), "example.org");
  EXPECT_EQ(to_unicode_domain("xn--\xff"), "xn--\xff");
}

TEST(Domain, IsRefusedWhenInvalid) {
  for (char const* domain :
       {"", ".", "a..b", "example.org.", "-a.org", "a-.org", "a_b.org", "a b.org", "a/b", "a:80", "user@host",
        "xn--\xff", "xn--0", "xn--.org", "a\n.org", "\xff.org", "a。。b"}) {
    EXPECT_FALSE(to_ascii_domain(domain)) << domain;
  }
  EXPECT_FALSE(to_ascii_domain("a\0.org"sv));
  EXPECT_FALSE(to_ascii_domain(std::string(64, 'a') + ".org"));
  std::string longest;
  for (int i = 0; i < 130; ++i) longest += "a.";
  EXPECT_FALSE(to_ascii_domain(longest + "org"));
  EXPECT_FALSE(to_ascii_domain(std::string(1 << 20, 'a')));
}

TEST(Url, IsKeptAsGiven) {
  for (char const* url : {"https://example.org", "HTTP://Example.org:8080/a?b#c", "https://bücher.example/ä",
                          "http://127.0.0.1/", "http://[::1]:3000/x", "https://a.test?x=http://b.test"}) {
    EXPECT_EQ(normalize_url(url), url);
  }
}

TEST(Url, IsRefusedWhenNotOfTheWeb) {
  for (char const* url : {"",
                          "https://",
                          "ftp://a.test",
                          "javascript:alert(1)",
                          "https:a.test",
                          "//a.test",
                          "https:///x",
                          "https://user@a.test/",
                          "https://user:pw@a.test",
                          "https://a.test:0/",
                          "https://a.test:99999",
                          "https://a.test:x",
                          "https://a..b",
                          "https://a.test/ x",
                          "https://a.test/\"x",
                          "https://a.test/<",
                          "https://a.test\\@b.test/",
                          "https://[::1",
                          "https://[zz]/",
                          "https://[::1]x/",
                          "https://a.test/\n",
                          "https://a.test/\xff"}) {
    EXPECT_FALSE(normalize_url(url)) << url;
  }
  EXPECT_FALSE(normalize_url("https://a.test/" + std::string(url_bytes_max, 'a')));
}

}  // namespace
}  // namespace posy::text
