#include "social/link_preview.hpp"

#include "social/clean_up.hpp"
#include "social/domain_rules.hpp"
#include "social/edit.hpp"
#include "social/receive.hpp"
#include "social/remove.hpp"
#include "social/test_world.hpp"

namespace posy::social::testing {
namespace {

using store::LinkPreview;
using store::PreviewState;
using namespace std::chrono_literals;

class LinkPreviews : public Rules {
 protected:
  std::vector<LinkPreview> due() {
    return world.write([](db::Writer& w) { return store::take_previews(w, 100, 10min); });
  }
  std::vector<LinkPreview> due_later(Milliseconds later) {
    world.clock.advance(later);
    return due();
  }
  std::vector<std::string> finds(LinkPreview preview, std::string title, std::string image = {}) {
    preview.state = title.empty() ? PreviewState::nothing : PreviewState::found;
    preview.fetched_at = world.clock.now();
    preview.title = std::move(title);
    preview.image = std::move(image);
    return world.write([&](db::Writer& w) { return keep_preview(w, preview); });
  }
  std::string title_of(PostId post) {
    auto shown = world.read([&](db::Reader& r) { return store::previews_of(r, {post}); });
    return shown.empty() ? std::string() : shown.front().preview.title;
  }
  Post arrives(Person const& author, std::string uri, std::string preview, bool is_news = true) {
    Arrival arrival{.author = author.id, .uri = std::move(uri), .content = "<p>x</p>"};
    arrival.preview = std::move(preview);
    arrival.is_news = is_news;
    return world.write([&](db::Writer& w) { return receive_post(w, arrival); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, LinkPreviews, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(LinkPreviews, AreAskedForOnceAndShownByAll) {
  auto anna = world.local("anna");
  auto zoe = world.remote("zoe", "far.example");
  auto one = anna.posts("see https://news.example/a and https://news.example/b");
  auto two = anna.posts("again HTTPS://NEWS.example:443/a#part");
  auto three = arrives(zoe, "https://far.example/1", "https://news.example/a");
  auto asked = due_later(4s);
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(asked[0].link, "https://news.example/a");
  EXPECT_EQ(title_of(one.id), "");
  finds(asked[0], "News");
  for (auto post : {one.id, two.id, three.id}) EXPECT_EQ(title_of(post), "News");
  anna.posts("later: https://news.example/a");
  EXPECT_TRUE(due_later(24h).empty());
}

TEST_P(LinkPreviews, OfPostsFromElsewhereAreSpreadOverTime) {
  auto zoe = world.remote("zoe", "far.example");
  for (int i = 0; i < 40; ++i)
    arrives(zoe, "https://far.example/" + std::to_string(i), "https://news.example/" + std::to_string(i));
  EXPECT_TRUE(due_later(4s).empty());
  auto early = due_later(30s).size();
  EXPECT_GT(early, 0u);
  EXPECT_LT(early, 40u);
  EXPECT_EQ(early + due_later(62s).size(), 40u);
}

TEST_P(LinkPreviews, AreNotForOldPostsMediaQuotesOwnPagesAndPrivateMessages) {
  auto anna = world.local("anna");
  auto zoe = world.remote("zoe", "far.example");
  anna.posts("to " + world.site.base_url + "/@anna and http://");
  anna.posts("a secret https://news.example/secret", Visibility::direct);
  auto draft = anna.draft("a picture and https://news.example/picture");
  draft.media = {anna.uploads()};
  anna.publishes(draft);
  arrives(zoe, "https://far.example/1", "https://news.example/old", false);
  EXPECT_TRUE(due_later(200s).empty());
  EXPECT_EQ(world.count("select count(*) from post_preview"), 0);
}

TEST_P(LinkPreviews, ThatAreKnownAreShownByOldPostsToo) {
  auto anna = world.local("anna");
  auto zoe = world.remote("zoe", "far.example");
  anna.posts("https://news.example/a");
  finds(due_later(4s).at(0), "News");
  EXPECT_EQ(title_of(arrives(zoe, "https://far.example/1", "https://news.example/a", false).id), "News");
}

TEST_P(LinkPreviews, AreFetchedAgainAfterTwoWeeksAlsoWhenThereWasNothing) {
  auto anna = world.local("anna");
  auto first = anna.posts("https://news.example/a");
  finds(due_later(4s).at(0), "");
  EXPECT_EQ(title_of(first.id), "");
  world.clock.advance(13 * 24h);
  anna.posts("https://news.example/a");
  EXPECT_TRUE(due_later(4s).empty());
  world.clock.advance(2 * 24h);
  anna.posts("https://news.example/a");
  auto again = due_later(4s);
  ASSERT_EQ(again.size(), 1u);
  finds(again[0], "News");
  EXPECT_EQ(title_of(first.id), "News");
}

TEST_P(LinkPreviews, FollowEdits) {
  auto anna = world.local("anna");
  auto post = anna.posts("https://news.example/a");
  finds(due_later(4s).at(0), "A");
  auto edit = [&](std::string text) {
    world.write([&](db::Writer& w) { edit_post(w, world.site, anna.id, post.id, {.text = text}); });
  };
  edit("no link any more");
  EXPECT_EQ(title_of(post.id), "");
  edit("https://news.example/b");
  finds(due_later(4s).at(0), "B");
  EXPECT_EQ(title_of(post.id), "B");

  auto zoe = world.remote("zoe", "far.example");
  auto theirs = arrives(zoe, "https://far.example/1", "https://news.example/a");
  EXPECT_EQ(title_of(theirs.id), "A");
  Arrival change{.author = zoe.id, .uri = "https://far.example/1", .content = "<p>y</p>"};
  change.edited = world.clock.now();
  change.preview = "https://news.example/b";
  world.write([&](db::Writer& w) { receive_edit(w, change); });
  EXPECT_EQ(title_of(theirs.id), "B");
}

TEST_P(LinkPreviews, GoWithTheirPicturesWhenNoPostShowsThem) {
  auto anna = world.local("anna");
  auto post = anna.posts("https://news.example/a");
  auto asked = due_later(4s).at(0);
  EXPECT_TRUE(finds(asked, "A", "aa/one.png").empty());
  EXPECT_EQ(finds(asked, "A", "aa/two.png"), std::vector<std::string>{"aa/one.png"});
  auto clean = [&] { return world.write([](db::Writer& w) { return clean_up(w); }); };
  world.clock.advance(15 * 24h);
  EXPECT_TRUE(clean().empty());
  world.write([&](db::Writer& w) { remove_post(w, anna.id, post.id, KeepMedia::no); });
  EXPECT_EQ(world.count("select count(*) from post_preview"), 0);
  world.clock.advance(15 * 24h);
  EXPECT_EQ(clean(), std::vector<std::string>{"aa/two.png"});
  EXPECT_EQ(world.count("select count(*) from link_preview"), 0);
  // It was fetched for nobody meanwhile.
  EXPECT_EQ(finds(asked, "A", "aa/three.png"), std::vector<std::string>{"aa/three.png"});
}

TEST_P(LinkPreviews, OfSuspendedSitesAreNotShownAndOfOthersPerhapsWithoutPicture) {
  auto anna = world.local("anna");
  auto post = anna.posts("https://www.News.example:8443/a");
  auto asked = due_later(4s).at(0);
  asked.url = "https://led.example/a";
  asked.image_width = 10;
  finds(asked, "News", "aa/one.png");
  auto shown = [&] { return world.read([&](db::Reader& r) { return shown_previews(r, {post.id}); }); };
  auto rule = [&](std::string domain, store::Severity severity, bool reject_media) {
    store::DomainRule made{.domain = std::move(domain), .severity = severity, .reject_media = reject_media};
    return world.write([&](db::Writer& w) { return put_rule(w, made); });
  };
  auto lift = [&](store::DomainRule const& made) {
    world.write([&](db::Writer& w) { remove_rule(w, made.id); });
  };
  rule("other.example", store::Severity::suspend, true);
  rule("s.example", store::Severity::suspend, true);
  ASSERT_EQ(shown().size(), 1u);
  EXPECT_EQ(shown().front().preview.image, "aa/one.png");
  for (auto domain : {"news.example", "led.example", "example"}) {
    auto made = rule(domain, store::Severity::suspend, false);
    EXPECT_TRUE(shown().empty()) << domain;
    lift(made);
    made = rule(domain, store::Severity::noop, true);
    ASSERT_EQ(shown().size(), 1u) << domain;
    EXPECT_EQ(shown().front().preview.title, "News");
    EXPECT_EQ(shown().front().preview.image, "") << domain;
    EXPECT_EQ(shown().front().preview.image_width, 0);
    lift(made);
  }
  EXPECT_EQ(shown().front().preview.image, "aa/one.png");
}

}  // namespace
}  // namespace posy::social::testing
