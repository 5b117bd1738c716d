#include "pages/pages.hpp"

#include <gmock/gmock.h>

#include "base/encoding.hpp"
#include "json/parse.hpp"
#include "pages/test_site.hpp"
#include "social/boost.hpp"
#include "social/mark.hpp"

namespace posy::pages::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view policy =
    "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; base-uri "
    "'none'; "
    "frame-ancestors 'none'";

// Whether the texts stand in this order.
void expect_order(std::string const& text, std::vector<std::string> const& parts) {
  std::size_t at = 0;
  for (auto const& part : parts) {
    auto found = text.find(part, at);
    ASSERT_NE(found, text.npos) << part;
    at = found + part.size();
  }
}

TEST(FrontPage, WelcomesTheOwnerThenIsHerProfileThenTheirs) {
  TestSite site;
  EXPECT_THAT(site.page("/"), HasSubstr("/setup?token="));
  auto alice = site.world.local("alice");
  site.make_owner(alice);
  alice.posts("hello world");
  auto html = site.page("/");
  EXPECT_THAT(html, HasSubstr("hello world"));
  EXPECT_THAT(html, HasSubstr("<link rel=\"canonical\" href=\"https://posy.test/@alice\">"));
  auto bob = site.world.local("bob");
  site.change(bob.id, [](store::Account& account) { account.discoverable = true; });
  EXPECT_THAT(site.page("/about"), HasSubstr("@bob@posy.test"));
}

TEST(Profile, ShowsPinnedPostsFirstAndEachOnce) {
  TestSite site;
  auto alice = site.world.local("alice");
  auto old = alice.posts("an old post");
  alice.posts("a newer post");
  site.world.write([&](db::Writer& w) { social::pin(w, site.world.site, alice.id, old.id); });
  auto html = site.page("/@alice");
  expect_order(html, {"Pinned", "an old post", "a newer post"});
  EXPECT_EQ(html.find("<p>an old post"), html.rfind("<p>an old post"));
}

TEST(Profile, KeepsAnswersToOthersOnTheirOwnTab) {
  TestSite site;
  auto alice = site.world.local("alice");
  auto bob = site.world.local("bob");
  alice.replies(bob.posts("bob speaks"), "she answers");
  EXPECT_THAT(site.page("/@alice"), Not(HasSubstr("she answers")));
  auto html = site.page("/@alice/with_replies");
  EXPECT_THAT(html, HasSubstr("she answers"));
  EXPECT_THAT(html, HasSubstr("In answer to"));
}

TEST(Profile, SaysWhoBoosted) {
  TestSite site;
  auto alice = site.world.local("alice");
  auto bob = site.world.local("bob");
  auto post = bob.posts("worth reading");
  auto boost = site.world.write([&](db::Writer& w) { return social::boost(w, alice.id, post.id); });
  auto html = site.page("/@alice");
  expect_order(html, {"boosted", "@bob@posy.test", "worth reading"});
  EXPECT_EQ(site.get(path_of(boost, "alice")).header("Location"), "https://posy.test" + path_of(post, "bob"));
  EXPECT_THAT(site.page("/@alice.rss"), Not(HasSubstr("worth reading")));
}

TEST(Profile, IsReadPageByPage) {
  TestSite site;
  auto alice = site.world.local("alice");
  for (int i = 0; i < 45; ++i) alice.posts("number " + std::to_string(i) + ".");
  std::string target = "/@alice";
  std::vector<std::string> seen;
  int pages = 0;
  while (!target.empty() && ++pages < 10) {
    auto html = site.page(target);
    for (std::size_t at = 0; (at = html.find("<p>number ", at)) != html.npos; ++at)
      seen.push_back(html.substr(at + 10, html.find('.', at) - at - 10));
    auto link = html.find("rel=\"next\" href=\"");
    target = link == html.npos ? "" : html.substr(link + 17, html.find('"', link + 17) - link - 17);
  }
  EXPECT_EQ(pages, 3);
  ASSERT_EQ(seen.size(), 45u);
  for (int i = 0; i < 45; ++i) EXPECT_EQ(seen[static_cast<std::size_t>(i)], std::to_string(44 - i));
  EXPECT_THAT(site.page("/@alice?max_id=nonsense"), HasSubstr("number 44."));
}

TEST(Profile, TellsBrowsersOfItsFeeds) {
  TestSite site;
  site.world.local("alice");
  auto html = site.page("/@alice");
  EXPECT_THAT(html, HasSubstr("type=\"application/rss+xml\" href=\"https://posy.test/@alice.rss\""));
  EXPECT_THAT(html, HasSubstr("type=\"application/atom+xml\" href=\"https://posy.test/@alice.atom\""));
  EXPECT_THAT(html, HasSubstr("<meta name=\"fediverse:creator\" content=\"@alice@posy.test\">"));
}

// Of several answers the author's own stand first, then the older ones.
TEST(Thread, StandsInReadingOrder) {
  TestSite site;
  auto alice = site.world.local("alice");
  auto bob = site.world.local("bob");
  auto root = alice.posts("the root");
  auto middle = bob.replies(root, "the middle");
  auto question = bob.replies(middle, "a question");
  auto own = alice.replies(middle, "another branch");
  alice.replies(question, "an answer");
  expect_order(site.page(path_of(root, "alice")),
               {"post-focus", "the root", "the middle", "another branch", "a question", "an answer"});
  expect_order(site.page(path_of(question, "bob")),
               {"the root", "the middle", "post-focus", "a question", "an answer"});
  EXPECT_THAT(site.page(path_of(question, "bob")), Not(HasSubstr("another branch")));
}

TEST(Thread, OfOnePersonStandsAboveTheAnswersWithoutSteps) {
  TestSite site;
  auto alice = site.world.local("alice");
  auto bob = site.world.local("bob");
  auto root = alice.posts("the root");
  auto reply = bob.replies(root, "a remark");
  auto second = alice.replies(root, "part two");
  auto third = alice.replies(second, "part three");
  auto aside = alice.replies(root, "an aside");
  bob.replies(third, "a question");
  alice.replies(reply, "thanks");
  auto html = site.page(path_of(root, "alice"));
  expect_order(html, {"the root", "thread-more", "part two", "part three", "</section>", "thread-after",
                      ">Answers<", "an aside", "a remark", "thanks", "a question"});
  auto more = html.substr(html.find("thread-more"), html.find("thread-after") - html.find("thread-more"));
  EXPECT_EQ(more.find("\"thread-replies\""), more.rfind("\"thread-replies\"")) << "one list, none within";
  EXPECT_THAT(site.page(path_of(third, "alice")), Not(HasSubstr("thread-more")));
  EXPECT_THAT(site.page(path_of(aside, "alice")), Not(HasSubstr("thread-after")));
}

TEST(Thread, SaysTheDateOfItsPostOnce) {
  TestSite site;
  auto alice = site.world.local("alice");
  auto html = site.page(path_of(alice.posts("hello"), "alice"));
  EXPECT_NE(html.find("<time"), html.npos);
  EXPECT_EQ(html.find("<time"), html.rfind("<time"));
}

TEST(Headings, StandBelowThatOfThePage) {
  TestSite site;
  auto alice = site.world.local("alice");
  auto post = alice.posts("x");
  post.content = "<h1>One</h1><h5>Five</h5><h6>Six</h6><hr><p>&lt;h1&gt;</p>";
  site.world.write([&](db::Writer& w) { store::update_post_text(w, post); });
  for (auto path : {path_of(post, "alice"), std::string("/@alice"), path_of(post, "alice") + "/embed"})
    EXPECT_THAT(site.page(path), HasSubstr("<h2>One</h2><h6>Five</h6><h6>Six</h6><hr><p>&lt;h1&gt;</p>")) << path;
  EXPECT_THAT(site.page("/@alice.rss"), HasSubstr("h1&gt;One")) << "feeds have it as it is";
}

TEST(Thread, OfAnyDepthIsShownOnce) {
  TestSite site;
  auto alice = site.world.local("alice");
  auto root = alice.posts("the root");
  auto last = root;
  for (int i = 0; i < 30; ++i) last = alice.replies(last, "step " + std::to_string(i) + ".");
  auto html = site.page(path_of(root, "alice"));
  for (int i = 0; i < 30; ++i) {
    auto text = "<p>step " + std::to_string(i) + ".";
    EXPECT_NE(html.find(text), html.npos) << i;
    EXPECT_EQ(html.find(text), html.rfind(text)) << i;
  }
}

TEST(Thread, TellsOfItsEmbed) {
  TestSite site;
  auto alice = site.world.local("alice");
  auto post = alice.posts("hello");
  auto html = site.page(path_of(post, "alice"));
  auto url = "https://posy.test" + path_of(post, "alice");
  EXPECT_THAT(html, HasSubstr("application/json+oembed"));
  EXPECT_THAT(html, HasSubstr("<link rel=\"canonical\" href=\"" + url + "\">"));
  auto answer = site.get("/api/oembed?url=" + percent_encode(url));
  ASSERT_EQ(answer.status, 200u);
  auto json = json::parse(answer.body).value();
  EXPECT_EQ(json.at("type"), "rich");
  EXPECT_EQ(json.at("width"), 400);
  EXPECT_TRUE(json.at("height").is_null());
  EXPECT_THAT(std::string(json.at("html").as_string()), HasSubstr("<iframe src=\"" + url + "/embed\""));
  EXPECT_EQ(site.status("/api/oembed?url=" +
                        percent_encode("https://posy.test/users/alice/statuses/" + post.id.str())),
            200u);
  EXPECT_EQ(json::parse(site.page("/api/oembed?maxwidth=300&url=" + percent_encode(url))).value().at("width"),
            300);
  for (std::string const& other :
       {std::string("https://elsewhere.example/1"), std::string(), std::string("https://posy.test"),
        "https://posy.test.evil.example" + path_of(post, "alice"), url + "9",
        std::string("https://posy.test/@alice"), std::string("/@alice/1")})
    EXPECT_EQ(site.status("/api/oembed?url=" + percent_encode(other)), 404u) << other;
  EXPECT_EQ(site.status("/api/oembed?format=xml&url=" + percent_encode(url)), 501u);
}

TEST(Pages, AreFramedByNobodyExceptEmbeds) {
  TestSite site;
  auto alice = site.world.local("alice");
  auto path = path_of(alice.posts("hello"), "alice");
  for (std::string const& target :
       {std::string("/"), std::string("/about"), std::string("/@alice"), path, std::string("/@nobody")})
    EXPECT_EQ(site.get(target).header("Content-Security-Policy"), policy) << target;
  auto embed = site.get(path + "/embed").header("Content-Security-Policy");
  EXPECT_THAT(embed, ::testing::EndsWith("frame-ancestors *"));
  EXPECT_THAT(embed, ::testing::StartsWith("default-src 'none'"));
  EXPECT_THAT(site.page(path), Not(HasSubstr("style=\"")));
}

TEST(Feeds, HaveStableIdsDatesWholeTextAndFiles) {
  TestSite site;
  auto alice = site.world.local("alice");
  auto key = site.keeps("pixels", "image/png");
  auto draft = alice.draft("look at this #garden");
  draft.media = {site.uploads(alice, key, "a rose")};
  auto post = alice.publishes(draft);
  auto url = "https://posy.test" + path_of(post, "alice");
  auto rss = site.get("/@alice.rss");
  EXPECT_EQ(rss.header("Content-Type"), "application/rss+xml; charset=utf-8");
  EXPECT_THAT(rss.body, HasSubstr("<guid isPermaLink=\"true\">" + url + "</guid>"));
  EXPECT_THAT(rss.body, HasSubstr("<pubDate>" + to_http_date(post.created_at) + "</pubDate>"));
  EXPECT_THAT(rss.body, HasSubstr("<enclosure url=\"https://posy.test/media/" + key +
                                  "\" type=\"image/png\" length=\"6\"/>"));
  EXPECT_THAT(rss.body, HasSubstr("<category>garden</category>"));
  auto atom = site.get("/@alice.atom");
  EXPECT_EQ(atom.header("Content-Type"), "application/atom+xml; charset=utf-8");
  EXPECT_THAT(atom.body, HasSubstr("<id>https://posy.test/users/alice/statuses/" + post.id.str() + "</id>"));
  EXPECT_THAT(atom.body, HasSubstr("<published>" + to_rfc3339(post.created_at) + "</published>"));
  EXPECT_THAT(atom.body, HasSubstr("look at this"));
  EXPECT_THAT(atom.body, HasSubstr("rel=\"enclosure\" href=\"https://posy.test/media/" + key + "\""));
}

TEST(Tags, ShowPublicPosts) {
  TestSite site;
  auto alice = site.world.local("alice");
  alice.posts("in the #Garden");
  EXPECT_THAT(site.page("/tags/garden"), HasSubstr("in the"));
  EXPECT_THAT(site.page("/tags/GARDEN"), HasSubstr("in the"));
}

TEST(Files, AssetsHaveVersionsAndCannotBeLeft) {
  TestSite site;
  auto html = site.page("/about");
  auto at = html.find("/assets/posy.css?v=");
  ASSERT_NE(at, html.npos);
  auto named = site.get(html.substr(at, html.find('"', at) - at));
  EXPECT_EQ(named.status, 200u);
  EXPECT_EQ(named.header("Content-Type"), "text/css; charset=utf-8");
  EXPECT_THAT(named.header("Cache-Control"), HasSubstr("immutable"));
  auto bare = site.get("/assets/posy.css");
  EXPECT_THAT(bare.header("Cache-Control"), Not(HasSubstr("immutable")));
  EXPECT_THAT(site.get("/assets/posy.css?v=other").header("Cache-Control"), Not(HasSubstr("immutable")));
  EXPECT_EQ(site.get("/assets/posy.css", {{"If-None-Match", bare.header("ETag")}}).status, 304u);
  for (std::string_view target : {"/assets/", "/assets/../posy.css", "/assets/%2e%2e/CMakeLists.txt",
                                  "/assets//etc/passwd", "/assets/layout.html", "/assets/posy.css%00"})
    EXPECT_THAT(site.status(target), ::testing::AnyOf(400u, 404u)) << target;
  for (std::string_view name : {"avatar.png", "header.png"})
    EXPECT_EQ(site.get("/assets/" + std::string(name)).header("Content-Type"), "image/png") << name;
  EXPECT_THAT(site.get("/favicon.ico").header("Location"), HasSubstr("/assets/posy.svg"));
  EXPECT_THAT(site.page("/robots.txt"), HasSubstr("User-agent: *"));
}

TEST(Files, MediaIsKeptForEverAndMayDoNothing) {
  TestSite site;
  auto key = site.keeps("0123456789", "image/png");
  auto answer = site.get("/media/" + key);
  EXPECT_EQ(answer.status, 200u);
  EXPECT_EQ(answer.body, "0123456789");
  EXPECT_EQ(answer.header("Content-Type"), "image/png");
  EXPECT_EQ(answer.header("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(answer.header("Content-Security-Policy"), HasSubstr("sandbox"));
  EXPECT_EQ(site.get("/media/" + key, {{"If-None-Match", answer.header("ETag")}}).status, 304u);
  auto part = site.get("/media/" + key, {{"Range", "bytes=2-4"}});
  EXPECT_EQ(part.status, 206u);
  EXPECT_EQ(part.body, "234");
}

TEST(Files, MediaCannotBeLeft) {
  TestSite site;
  auto key = site.keeps("x", "image/png");
  auto name = key.substr(3);
  for (std::string const& target :
       {std::string("/media/"), std::string("/media/../../../../etc/passwd"),
        std::string("/media/%2e%2e%2f%2e%2e%2fetc%2fpasswd"), "/media/" + key.substr(0, 3),
        "/media/" + key.substr(0, 3) + "../" + key, "/media/" + key + "%00", "/media/incoming/" + name,
        "/media/" + key.substr(0, 3) + "%2e%2e/" + key, "/media//" + key,
        "/media/ab/" + std::string(62, 'a') + ".png"})
    EXPECT_THAT(site.status(target), ::testing::AnyOf(400u, 404u)) << target;
}

TEST(ErrorPages, SayWhatHappenedAndNoMore) {
  TestSite site;
  auto answer = site.get("/@nobody");
  EXPECT_EQ(answer.status, 404u);
  EXPECT_THAT(answer.body, HasSubstr("Nothing here"));
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
}

}  // namespace
}  // namespace posy::pages::testing
