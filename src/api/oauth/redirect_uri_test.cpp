#include "api/oauth/redirect_uri.hpp"

#include <gmock/gmock.h>

#include "api/oauth/page.hpp"

namespace posy::api {
namespace {

using ::testing::ElementsAre;

TEST(RedirectUri, AppsMayHaveAddressesOfTheirOwn) {
  for (auto uri :
       {"https://app.example/cb", "http://localhost:1234/", "https://app.example", "myapp://callback",
        "com.example.app:/oauth", "urn:ietf:wg:oauth:2.0:oob", "https://app.example/cb?x=1"})
    EXPECT_TRUE(is_redirect_uri(uri)) << uri;
}

TEST(RedirectUri, NothingThatABrowserRunsOrThatSaysNothing) {
  for (auto uri : {"",
                   "no uri at all",
                   "/relative",
                   "//host/path",
                   "javascript:alert(1)",
                   "JavaScript:alert(1)",
                   "data:text/html,x",
                   "vbscript:x",
                   "file:///etc/passwd",
                   "blob:https://x/1",
                   "https://app.example/cb#fragment",
                   "https://",
                   "https:///p",
                   "http:app.example",
                   "https://user:pw@app.example/",
                   "https://a b/",
                   "https://app.example/\n",
                   "myapp:",
                   "1app://x",
                   "https://app.example;frame-ancestors *",
                   "https://*/cb",
                   "view-source:https://x"})
    EXPECT_FALSE(is_redirect_uri(uri)) << uri;
  EXPECT_FALSE(is_redirect_uri("https://app.example/" + std::string(3000, 'x')));
}

TEST(RedirectUri, ListsComeInEveryForm) {
  EXPECT_THAT(parse_redirect_uris({"a:/x\nb:/y  c:/z"}).value(), ElementsAre("a:/x", "b:/y", "c:/z"));
  EXPECT_THAT(parse_redirect_uris({"a:/x", "b:/y", "a:/x"}).value(), ElementsAre("a:/x", "b:/y"));
  EXPECT_FALSE(parse_redirect_uris({}));
  EXPECT_FALSE(parse_redirect_uris({" \n"}));
  EXPECT_FALSE(parse_redirect_uris({"a:/x", "javascript:1"}));
}

TEST(RedirectUri, ParametersAreEncodedAndFollowThoseThatAreThere) {
  EXPECT_EQ(with_params("a://b", {{"code", "1"}, {"state", ""}}), "a://b?code=1");
  EXPECT_EQ(with_params("a://b?x=1", {{"code", "1"}, {"state", "a&b=c#\r\n"}}),
            "a://b?x=1&code=1&state=a%26b%3Dc%23%0D%0A");
}

TEST(RedirectUri, PoliciesNameTheOriginOnly) {
  EXPECT_EQ(csp_source("https://app.example:8443/cb?x=1"), "https://app.example:8443");
  EXPECT_EQ(csp_source("myapp://callback"), "myapp:");
  EXPECT_EQ(csp_source(out_of_band), "");
}

TEST(SafeReturn, LeadsNowhereElse) {
  EXPECT_EQ(safe_return("/oauth/authorize?client_id=1"), "/oauth/authorize?client_id=1");
  for (auto path : {"", "https://evil.example", "//evil.example", "/\\evil.example", "evil", "/a b",
                    "/a\r\nSet-Cookie: x", "/\t/evil.example", "/ü"})
    EXPECT_EQ(safe_return(path), "/") << path;
  EXPECT_EQ(safe_return("/" + std::string(10'000, 'x')), "/");
}

}  // namespace
}  // namespace posy::api
