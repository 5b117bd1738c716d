// Whatever people write about themselves stays text.
#include <gmock/gmock.h>

#include <regex>

#include "base/encoding.hpp"
#include "json/parse.hpp"
#include "pages/emoji.hpp"
#include "pages/test_site.hpp"
#include "social/live.hpp"
#include "store/emoji.hpp"
#include "store/profile_field.hpp"

namespace posy::pages::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view nasty = R"(</title>"'><script>alert(1)</script><img src=x onerror=y>]]>&{{NAME}})";

// A site where everything that a person may fill in is hostile.
struct Hostile : TestSite {
  Person alice = world.local("alice");
  Post post;

  Hostile() {
    change(alice.id, [](store::Account& account) {
      account.display_name = nasty;
      account.note = "<p>" + escape_html(nasty) + "</p>";
      account.avatar_description = account.header_description = nasty;
      account.fields =
          store::encode_fields({{std::string(nasty), escape_html(nasty), std::string(nasty), 1}});
      account.discoverable = true;
    });
    auto draft = alice.draft("text " + std::string(nasty) + " #garden");
    draft.notice = nasty;
    draft.media = {uploads(alice, keeps("x", "image/png"), std::string(nasty))};
    post = alice.publishes(draft);
    auto poll = alice.draft("choose " + std::string(nasty));
    poll.poll = social::PollDraft{{"<script>a", "\"><script>b"}, 3600};
    alice.publishes(poll);
  }
};

TEST(HostileText, StaysTextOnEveryPage) {
  Hostile site;
  for (std::string target :
       {std::string("/"), std::string("/about"), std::string("/@alice"), std::string("/@alice/media"),
        std::string("/@alice/with_replies"), std::string("/tags/garden"), path_of(site.post, "alice"),
        path_of(site.post, "alice") + "/embed"}) {
    auto html = site.page(target);
    EXPECT_THAT(html, Not(HasSubstr("<script"))) << target;
    EXPECT_THAT(html, Not(HasSubstr("<img src=x"))) << target;
    EXPECT_THAT(html, Not(HasSubstr("\"'>"))) << target;
    EXPECT_EQ(html.find("</title>"), html.rfind("</title>")) << target;
  }
}

TEST(HostileText, StaysTextInFeeds) {
  Hostile site;
  for (std::string_view target : {"/@alice.rss", "/@alice.atom"}) {
    auto xml = site.page(target);
    EXPECT_THAT(xml, Not(HasSubstr("<script"))) << target;
    EXPECT_THAT(xml, Not(HasSubstr("<img"))) << target;
    EXPECT_THAT(xml, HasSubstr("&lt;script&gt;")) << target;
  }
}

TEST(HostileText, StaysTextInPreviews) {
  Hostile site;
  auto html = site.page(path_of(site.post, "alice"));
  auto head = html.substr(0, html.find("</head>"));
  EXPECT_THAT(head, HasSubstr("og:title"));
  EXPECT_THAT(head, HasSubstr("&lt;script&gt;"));
  // Every attribute is closed where it should be: no tag of the head holds a stray quote.
  std::regex tag(R"re(<(meta|link)( [a-z:-]+="[^"<>]*")*>)re");
  auto without = std::regex_replace(head, tag, "");
  EXPECT_THAT(without, Not(HasSubstr("<meta")));
  EXPECT_THAT(without, Not(HasSubstr("<link")));
}

TEST(HostileText, StaysTextInOEmbed) {
  Hostile site;
  auto answer =
      site.get("/api/oembed?url=" + percent_encode("https://posy.test" + path_of(site.post, "alice")));
  ASSERT_EQ(answer.status, 200u);
  auto json = json::parse(answer.body).value();
  std::string html(json.at("html").as_string());
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_EQ(std::count(html.begin(), html.end(), '<'), 2);
}

TEST(HostileText, ControlCharactersDoNotBreakTheFeed) {
  TestSite site;
  auto alice = site.world.local("alice");
  site.change(alice.id, [](store::Account& account) { account.display_name = "a\x01\x0b b"; });
  EXPECT_THAT(site.page("/@alice.rss"), HasSubstr("<title>a b</title>"));
}

TEST(HostileText, AddressesOfStrangersLeadToTheWebOnly) {
  TestSite site;
  auto alice = site.world.local("alice");
  auto mallory = site.world.remote("mallory", "evil.test");
  site.change(mallory.id, [](store::Account& account) { account.url = "javascript:alert(1)"; });
  auto root = alice.posts("root");
  site.world.write([&](db::Writer& w) {
    store::Post post{
        .id = w.make_id<PostId>(), .author = mallory.id, .created_at = w.now(), .in_reply_to = root.id};
    post.thread = root.id;
    post.in_reply_to_account = alice.id;
    post.content = "<p>an answer</p>";
    post.uri = post.url = "javascript:alert(2)";
    store::insert_post(w, post);
  });
  auto html = site.page(path_of(root, "alice"));
  EXPECT_THAT(html, HasSubstr("an answer"));
  EXPECT_THAT(html, Not(HasSubstr("javascript:")));
}

TEST(HostileText, NoBrowserIsSentToStrangersForAPicture) {
  TestSite site;
  auto alice = site.world.local("alice");
  auto mallory = site.world.remote("mallory", "evil.test");
  site.change(mallory.id, [](store::Account& account) { account.avatar = "1f"; });
  auto root = alice.posts("root");
  site.world.write([&](db::Writer& w) {
    store::Post post{
        .id = w.make_id<PostId>(), .author = mallory.id, .created_at = w.now(), .in_reply_to = root.id};
    post.thread = root.id;
    post.in_reply_to_account = alice.id;
    post.content = "<p>an answer</p>";
    post.uri = post.url = "https://posts.test/1";
    store::insert_post(w, post);
    for (auto kind : {store::MediaKind::image, store::MediaKind::video}) {
      store::Media media{.id = w.make_id<MediaId>(), .account = mallory.id, .post = post.id};
      media.state = store::MediaState::ready;
      media.kind = kind;
      media.remote_url = kind == store::MediaKind::image ? "https://evil.test/a.png" : "https://evil.test/a.mp4";
      store::insert_media(w, media);
    }
  });
  auto html = site.page(path_of(root, "alice"));
  EXPECT_THAT(html, HasSubstr("src=\"/media_proxy/original/"));
  EXPECT_THAT(html, HasSubstr("src=\"/media_proxy/avatars/" + mallory.id.str() + "/1f\""));
  EXPECT_THAT(html, Not(HasSubstr("evil.test/a.png")));
  EXPECT_THAT(html, HasSubstr("href=\"https://evil.test/a.mp4\""));
  EXPECT_THAT(html, Not(HasSubstr("<video")));
}

TEST(CustomEmoji, BecomePicturesOutsideOfTagsOnly) {
  TestSite site;
  site.world.write([&](db::Writer& w) {
    w.insert("custom_emoji",
             store::CustomEmoji{.id = w.make_id<RowId>(), .shortcode = "rose", .blob = "ab/c.png"});
  });
  Emoji emoji;
  emoji.want("", "<p>:rose: :thorn:</p>");
  site.world.read([&](db::Reader& r) { emoji.load(r, site.world.site); });
  EXPECT_EQ(
      emoji.put_in("", R"(<a href="/:rose:">a:rose:b :thorn: &amp;</a>)"),
      R"(<a href="/:rose:">a<img class="custom-emoji" src="/media/ab/c.png" alt=":rose:" title=":rose:" loading="lazy">b :thorn: &amp;</a>)");
  EXPECT_EQ(emoji.put_in("other.test", ":rose:"), ":rose:");
  EXPECT_EQ(emoji.put_in("", ":rose"), ":rose");
}

}  // namespace
}  // namespace posy::pages::testing
