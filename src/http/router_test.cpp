#include "http/router.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace posy::http {
namespace {

void add(Router& router, Method method, std::string pattern) {
  router.add({.method = method, .pattern = std::move(pattern), .handler = [](Request&) -> Task<Response> {
                co_return empty();
              }});
}

// "pattern name=value ...", or the methods allowed, or "none".
std::string where(Router const& router, Method method, std::string_view path) {
  auto match = router.match(method, path);
  if (match.endpoint == nullptr) return match.allow.empty() ? "none" : match.allow;
  std::string text = match.endpoint->pattern;
  for (auto const& [name, value] : match.params) text += " " + std::string(name) + "=" + value;
  return text;
}

Router sample() {
  Router router;
  for (auto pattern : {"/", "/a", "/a/:id", "/a/new", "/a/:id/b", "/a/:id/b/:other", "/files/*rest",
                       "/@:name", "/@:name.rss", "/:page", "/x/*rest", "/x/y"}) {
    add(router, Method::get, pattern);
  }
  add(router, Method::post, "/a");
  add(router, Method::post, "/a/new/thing");
  add(router, Method::delete_, "/a/:id");
  return router;
}

TEST(Router, FixedTextWinsOverParameters) {
  Router router = sample();
  auto get = [&](std::string_view path) { return where(router, Method::get, path); };
  EXPECT_EQ(get("/"), "/");
  EXPECT_EQ(get("/a"), "/a");
  EXPECT_EQ(get("/a/"), "/a");
  EXPECT_EQ(get("/a/7"), "/a/:id id=7");
  EXPECT_EQ(get("/a/new"), "/a/new");
  EXPECT_EQ(get("/a/new/b"), "/a/:id/b id=new");
  EXPECT_EQ(get("/a/7/b/8"), "/a/:id/b/:other id=7 other=8");
  EXPECT_EQ(get("/@alice"), "/@:name name=alice");
  EXPECT_EQ(get("/@alice.rss"), "/@:name.rss name=alice");
  EXPECT_EQ(get("/@"), "/:page page=@");
  EXPECT_EQ(get("/x/y"), "/x/y");
  EXPECT_EQ(get("/x/y/z"), "/x/*rest rest=y/z");
  EXPECT_EQ(get("/files"), "/files/*rest rest=");
  EXPECT_EQ(get("/files/a/b%20c"), "/files/*rest rest=a/b c");
  EXPECT_EQ(get("/a/7/c"), "none");
  EXPECT_EQ(get("/a//b"), "none");
  EXPECT_EQ(get("//a"), "none");
}

TEST(Router, SplitsBeforeItDecodes) {
  Router router = sample();
  EXPECT_EQ(where(router, Method::get, "/a/x%2Fb"), "/a/:id id=x/b");
  EXPECT_EQ(where(router, Method::get, "/%61/%6eew"), "/a/new");
}

TEST(Router, SaysWhichMethodsAreAllowed) {
  Router router = sample();
  EXPECT_EQ(where(router, Method::put, "/a"), "GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(where(router, Method::put, "/a/7"), "GET, HEAD, DELETE, OPTIONS");
  EXPECT_EQ(where(router, Method::delete_, "/a/new"), "/a/:id id=new");
  EXPECT_EQ(where(router, Method::head, "/a/7"), "/a/:id id=7");
  EXPECT_EQ(where(router, Method::head, "/a/new/thing"), "POST, OPTIONS");
}

TEST(Router, RefusesWhatIsAmbiguous) {
  Router router = sample();
  auto size = router.list().size();
  for (auto pattern : {"/a/:id", "/a/:name", "/a/:other/c", "/files/*tail", "/files/*rest", "no-slash",
                       "/a//b", "/a/", "/:", "/*", "/*rest/more", "/@:other"}) {
    EXPECT_THROW(add(router, Method::get, pattern), std::invalid_argument) << pattern;
  }
  EXPECT_THROW(router.add({.pattern = "/none"}), std::invalid_argument);
  EXPECT_EQ(router.list().size(), size);
  add(router, Method::put, "/a/:id");
  EXPECT_EQ(router.list().back()->pattern, "/a/:id");
}

}  // namespace
}  // namespace posy::http
