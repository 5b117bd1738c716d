#include "http/url.hpp"

#include <gtest/gtest.h>

namespace posy::http {
namespace {

TEST(Url, IsReadInItsParts) {
  Url url = parse_url("HTTPS://Example.ORG:8443/users/alice?page=true#main-key").value();
  EXPECT_TRUE(url.is_https);
  EXPECT_EQ(url.host, "example.org");
  EXPECT_FALSE(url.address);
  EXPECT_EQ(url.port, 8443);
  EXPECT_EQ(url.target, "/users/alice?page=true");
  EXPECT_EQ(url.authority(), "example.org:8443");
  EXPECT_EQ(url.origin(), "https://example.org:8443");
  EXPECT_EQ(url.text(), "https://example.org:8443/users/alice?page=true");
}

TEST(Url, IsWrittenInOneForm) {
  std::pair<std::string, std::string> const cases[] = {
      {"https://a.example", "https://a.example/"},
      {"https://a.example:443/", "https://a.example/"},
      {"https://a.example:/", "https://a.example/"},
      {"https://a.example:0443/", "https://a.example/"},
      {"http://a.example:80/x", "http://a.example/x"},
      {"https://a.example?q", "https://a.example/?q"},
      {"https://a.example/?", "https://a.example/?"},
      {"https://a.example#x", "https://a.example/"},
      {"https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"},
      {"https://a.example/ü", "https://a.example/%C3%BC"},
      {"https://a.example/a|b?c[]={d}", "https://a.example/a%7Cb?c%5B%5D=%7Bd%7D"},
      {"https://a.example//b//@c:d", "https://a.example//b//@c:d"},
      {"https://1.1.1.1/", "https://1.1.1.1/"},
      {"https://[2606:4700::1111]:444/", "https://[2606:4700::1111]:444/"},
      {"https://[2606:4700:0:0:0:0:0:1111]/", "https://[2606:4700::1111]/"},
      {"https://1password.example/", "https://1password.example/"},
      {"https://0xcafe.example/", "https://0xcafe.example/"},
      {"https://1.2.3.4.example/x", "https://1.2.3.4.example/x"},
  };
  for (auto const& [text, form] : cases) {
    auto url = parse_url(text);
    ASSERT_TRUE(url) << text;
    EXPECT_EQ(url->text(), form);
    EXPECT_EQ(parse_url(form).value().text(), form);
  }
}

TEST(Url, KnowsAnAddressWhenItIsOne) {
  EXPECT_EQ(parse_url("http://127.0.0.1/").value().address->to_string(), "127.0.0.1");
  EXPECT_EQ(parse_url("http://[::1]/").value().address->to_string(), "::1");
  EXPECT_EQ(parse_url("http://[::ffff:127.0.0.1]/").value().address->to_string(), "127.0.0.1");
  EXPECT_EQ(parse_url("http://[::ffff:7f00:1]/").value().address->to_string(), "127.0.0.1");
  EXPECT_FALSE(parse_url("http://127.0.0.1.example/").value().address);
}

TEST(Url, IsRefusedWhenReadersCouldDiffer) {
  std::string const cases[] = {
      "",
      "/",
      "a.example",
      "//a.example/",
      "https:",
      "https:/a.example",
      "https://",
      "https:///x",
      "https://:443/",
      "ftp://a.example/",
      "file:///etc/passwd",
      "javascript:alert(1)",
      "gopher://a.example:70/",
      "data:,x",
      "https://user@a.example/",
      "https://user:secret@a.example/",
      "https://@a.example/",
      "https://a.example@b.example/",
      "https://a.example\\@b.example/",
      "https://a.example\\b/",
      // numbers that are addresses to some
      "http://2130706433/",
      "http://0x7f000001/",
      "http://0x7f.0.0.1/",
      "http://017700000001/",
      "http://127.1/",
      "http://127.0.1/",
      "http://0177.0.0.1/",
      "http://127.0.0.01/",
      "http://127.0.0.1./",
      "http://1.2.3.4.5/",
      "http://256.1.1.1/",
      "http://a.example.1/",
      "http://a.0x1/",
      "http://a.0x/",
      "http://[127.0.0.1]/",
      "http://[fe80::1%25eth0]/",
      "http://[fe80::1%eth0]/",
      "http://[::1/",
      "http://::1/",
      "http://[v1.a]/",
      "http://[]/",
      // names that are none
      "https://a..example/",
      "https://.example/",
      "https://a.example./",
      "https://-a.example/",
      "https://a-.example/",
      "https://a_b.example/",
      "https://a%2eexample/",
      "https://%61.example/",
      "https://bücher.example/",
      "https://a.example:0/",
      "https://a.example:65536/",
      "https://a.example:8x/",
      "https://a.example:-1/",
      "https://a b.example/",
      "https://a.example,b.example/",
      "https://" + std::string(64, 'a') + ".example/",
      // what could break a request line or a header
      "https://a.example/a b",
      " https://a.example/",
      "https://a.example/ ",
      "https://a.example/\r\nHost: b",
      "https://a.example/\t",
      std::string("https://a.example/\0", 19),
      "https://a.example/\x7f",
      "https://a.example/%",
      "https://a.example/%4",
      "https://a.example/%zz",
      "https://a.example/" + std::string(5000, 'x'),
      "https://a.example/" + std::string(2000, '|'),
  };
  for (auto const& text : cases) EXPECT_FALSE(parse_url(text)) << text.substr(0, 100);
  std::string many_labels = "https://";
  for (int i = 0; i < 130; ++i) many_labels += "a.";
  EXPECT_FALSE(parse_url(many_labels + "example/"));
}

TEST(Url, IsResolvedAgainstAnother) {
  Url base = parse_url("https://a.example:444/b/c?d").value();
  std::pair<std::string, std::string> const cases[] = {
      {"https://z.example/y", "https://z.example/y"},
      {"http://z.example/", "http://z.example/"},
      {"//z.example/y", "https://z.example/y"},
      {"/y?q#f", "https://a.example:444/y?q"},
      {"y", "https://a.example:444/b/y"},
      {"?y", "https://a.example:444/b/c?y"},
      {"../../../y", "https://a.example:444/y"},
      {"..", "https://a.example:444/"},
      {".", "https://a.example:444/b/"},
      {"/x/./y/../z/..?..", "https://a.example:444/x/?.."},
      {"/a//../b/", "https://a.example:444/a/b/"},
      {"./y:1", "https://a.example:444/b/y:1"},
      {"", "https://a.example:444/b/c?d"},
      {"/x[1]", "https://a.example:444/x%5B1%5D"},
  };
  for (auto const& [reference, result] : cases) {
    auto url = resolve_url(base, reference);
    ASSERT_TRUE(url) << reference;
    EXPECT_EQ(url->text(), result) << reference;
  }
  for (auto reference : {"file:///etc/passwd", "//user@z.example/", "///y", "//2130706433/", "javascript:x",
                         "/a b", "/a\r\nb", "//z.example\\y", "\\\\z.example", "https:y", "y:1/z", "/%"}) {
    EXPECT_FALSE(resolve_url(base, reference)) << reference;
  }
}

}  // namespace
}  // namespace posy::http
