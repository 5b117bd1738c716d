#include "federation/vocabulary/iri.hpp"

#include <gtest/gtest.h>

namespace posy::federation {
namespace {

TEST(Iri, IsAnAbsoluteWebAddress) {
  for (auto good : {"https://a.example", "http://a.example/", "HTTPS://A.example/x?y#z",
                    "https://a.example:8443/x", "https://[::1]:8080/",
                    "https://b\xc3\xbc"
                    "cher.example/",
                    "https://a.example/\xc3\xbc"})
    EXPECT_TRUE(is_iri(good)) << good;
  for (auto bad : {"",
                   "a",
                   "/x",
                   "//a.example/x",
                   "javascript:alert(1)",
                   "data:text/html,x",
                   "acct:a@b.example",
                   "https:/a.example",
                   "https://",
                   "https:///x",
                   "https://a.example\\@b.example/",
                   "ftp://a.example/",
                   "https://user@a.example/",
                   "https://a.example:0/",
                   "https://a.example:99999/",
                   "https://a..example/",
                   "https://a.example./",
                   " https://a.example/",
                   "https://a.example/ x",
                   "https://a.example/\n",
                   "https://%61.example/",
                   "did:key:z6Mk",
                   "tag:a.example,2020:x",
                   "https://a.example:/"})
    EXPECT_FALSE(is_iri(bad)) << bad;
  std::string base = "https://a.example/";
  EXPECT_TRUE(is_iri(base + std::string(2048 - base.size(), 'x')));
  EXPECT_FALSE(is_iri(base + std::string(2049 - base.size(), 'x')));
  EXPECT_FALSE(is_iri(std::string("https://a.example/\0x", 20)));
}

TEST(Iri, HostAndOriginHaveOneSpelling) {
  EXPECT_EQ(host_of("https://A.Example/x"), "a.example");
  EXPECT_EQ(host_of("https://a.example:443/x"), "a.example");
  EXPECT_EQ(host_of("http://a.example:80"), "a.example");
  EXPECT_EQ(host_of("http://a.example:0443"), "a.example:443");
  EXPECT_EQ(host_of("https://a.example:8443?x"), "a.example:8443");
  EXPECT_EQ(host_of("https://B\xc3\xbc"
                    "cher.example#x"),
            "xn--bcher-kva.example");
  EXPECT_EQ(host_of("http://[::1]:8080/x"), "[::1]:8080");
  EXPECT_EQ(host_of("javascript:alert(1)"), "");
  EXPECT_EQ(origin_of("HTTPS://a.EXAMPLE:443/x"), "https://a.example");
}

// What is normal as it stands takes a shorter way; a large letter in the scheme takes the long one.
TEST(Iri, TheShortWayLeadsWhereTheLongOneDoes) {
  for (std::string rest :
       {"a.example/users/u1", "a.example", "a.example:8443/x", "a.example:443/x", "a.example:80/x",
        "a.example:0443/", "a.example:0/", "a.example:65535/", "a.example:65536/", "a.example:99999999999/",
        "a.example:/x", "a.example:-1/", "127.0.0.1/x", "0x7f.1/x", "a.127/x", "1.a/x",
        "localhost:8080/users/a", "a..example/", "a.example./", ".a.example/", "-a.example/", "a-.example/",
        "xn--bcher-kva.example/", "xn--/", "a--b.example/", "a_b.example/", "[::1]/", "/x", "",
        "a.example/x#main-key", "a.example/x#a#b", "a.example#x", "a.example/a?b=c", "a.example?x",
        "a.example/%41", "a.example/ x", "a.example/\n", "u@a.example/", "a.example\\@b.example/",
        "a.example/@u/1", "a.example/../x", "a.example//x"}) {
    for (std::string scheme : {"http", "https"}) {
      auto large = scheme == "http" ? "HTTP://" + rest : "HTTPS://" + rest, small = scheme + "://" + rest;
      EXPECT_EQ(is_iri(small), is_iri(large)) << small;
      EXPECT_EQ(host_of(small), host_of(large)) << small;
      EXPECT_EQ(origin_of(small), origin_of(large)) << small;
      EXPECT_EQ(is_same_origin(small, "https://a.example/"), is_same_origin(large, "https://a.example/")) << small;
    }
  }
  auto long_label = std::string(64, 'a') + ".example/", long_name = std::string(250, 'a') + ".example/";
  EXPECT_EQ(is_iri("https://" + long_label), is_iri("HTTPS://" + long_label));
  EXPECT_EQ(is_iri("https://" + long_name), is_iri("HTTPS://" + long_name));
}

TEST(Iri, NamesUnderOneDomainAreOneSite) {
  for (auto [host, site] : std::initializer_list<std::pair<char const*, char const*>>{
           {"a.example", "a.example"},
           {"a.example:8443", "a.example"},
           {"x.y.a.example", "a.example"},
           {"a.co.uk", "a.co.uk"},
           {"x.a.co.uk:1", "a.co.uk"},
           {"co.uk", "co.uk"},
           {"example", "example"},
           {"127.0.0.1:80", "127.0.0.1"},
           {"[::1]:80", "[::1]"},
           {"", ""},
           {".", "."},
           {".a.uk", ".a.uk"}})
    EXPECT_EQ(site_of(host), site) << host;
}

TEST(Iri, OriginsAreEqualInSchemeHostAndPort) {
  EXPECT_TRUE(is_same_origin("https://a.example/users/1", "https://A.example:443/notes/2"));
  EXPECT_FALSE(is_same_origin("https://a.example/", "http://a.example/"));
  EXPECT_FALSE(is_same_origin("https://a.example/", "https://a.example:8443/"));
  EXPECT_FALSE(is_same_origin("https://a.example/", "https://b.a.example/"));
  EXPECT_FALSE(is_same_origin("https://a.example/", "https://a.example.evil.example/"));
  EXPECT_FALSE(is_same_origin("https://a.example/", "https://a.example@evil.example/"));
  EXPECT_FALSE(is_same_origin("", ""));
  EXPECT_FALSE(is_same_origin("x", "x"));
}

TEST(Iri, KnowsThePublicCollection) {
  EXPECT_TRUE(is_public(std::string_view("https://www.w3.org/ns/activitystreams#Public")));
  EXPECT_TRUE(is_public(std::vector<std::string>{"https://a.example/", std::string(public_collection)}));
  EXPECT_FALSE(is_public(std::vector<std::string>{"https://a.example/followers"}));
}

}  // namespace
}  // namespace posy::federation
