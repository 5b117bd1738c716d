#include "social/links.hpp"

#include <gmock/gmock.h>

#include "social/block.hpp"
#include "social/edit.hpp"
#include "social/mute.hpp"
#include "social/remove.hpp"
#include "social/test_world.hpp"
#include "social/timelines.hpp"

namespace posy::social::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(LinkKey, IsOneForAllSpellingsOfAnAddress) {
  auto key = link_key("https://example.org/");
  ASSERT_TRUE(key);
  for (std::string_view same : {"https://example.org", "https://EXAMPLE.org/", "HTTPS://example.org:443/",
                                "https://example.org/#top", "https://example.org#"})
    EXPECT_EQ(link_key(same), key) << same;
  EXPECT_EQ(link_key("https://bücher.example/a"), link_key("https://xn--bcher-kva.example/a"));
  EXPECT_EQ(link_key("http://example.org:80?q"), link_key("http://example.org/?q"));
}

TEST(LinkKey, TellsPagesApart) {
  auto key = link_key("https://example.org/a");
  for (std::string_view other :
       {"http://example.org/a", "https://example.org:8443/a", "https://example.org/A",
        "https://example.org/a/", "https://example.org/a?b", "https://example.com/a"})
    EXPECT_NE(link_key(other), key) << other;
}

TEST(LinkKey, IsForWebLinksAlone) {
  for (std::string_view none :
       {"", "example.org", "mailto:a@example.org", "javascript:alert(1)", "https://", "https://a b/",
        "https://user@example.org/", "https://[::1]/", "https://\xff/"})
    EXPECT_FALSE(link_key(none)) << none;
  EXPECT_FALSE(link_key("https://example.org/" + std::string(5000, 'x')));
}

class Links : public Rules {
 protected:
  Person alice = world.local("alice");
  Person bob = world.local("bob");
  std::string const page = "https://news.example/story?id=1";

  std::vector<PostId> timeline(Viewer viewer = {}, store::Page const& slice = {}) {
    return world.read([&](db::Reader& r) { return link_timeline(r, viewer, page, slice); });
  }
};

TEST_P(Links, LeadFromAPageToThePostsAboutIt) {
  auto first = alice.posts("read " + page);
  auto second = bob.posts("this: HTTPS://NEWS.example/story?id=1#comments");
  alice.posts("another: https://news.example/story?id=2");
  alice.posts("quietly " + page, Visibility::unlisted);
  alice.posts("for friends " + page, Visibility::followers);
  EXPECT_THAT(timeline(), ElementsAre(second.id, first.id));
  EXPECT_THAT(timeline({}, {.limit = 1}), ElementsAre(second.id));
  EXPECT_THAT(timeline({}, {.before = second.id.value, .limit = 1}), ElementsAre(first.id));
  auto nothing = world.read([&](db::Reader& r) { return link_timeline(r, {}, "no link", {}); });
  EXPECT_THAT(nothing, IsEmpty());
}

TEST_P(Links, FollowEditsAndGoWithTheirPost) {
  auto post = alice.posts("read " + page);
  auto edit = [&](std::string text) {
    world.write(
        [&](db::Writer& w) { edit_post(w, world.site, alice.id, post.id, {.text = std::move(text)}); });
  };
  edit("nothing to read");
  EXPECT_THAT(timeline(), IsEmpty());
  edit("read it again: " + page);
  EXPECT_THAT(timeline(), ElementsAre(post.id));
  world.write([&](db::Writer& w) { remove_post(w, alice.id, post.id, KeepMedia::no); });
  EXPECT_EQ(world.count("select count(*) from post_link"), 0);
}

TEST_P(Links, LeaveOutWhomTheViewerDoesNotWantToSee) {
  auto post = bob.posts(page);
  auto carol = world.local("carol");
  world.write([&](db::Writer& w) { mute(w, alice.id, bob.id); });
  EXPECT_THAT(timeline({alice.id}), IsEmpty());
  EXPECT_THAT(timeline({carol.id}), ElementsAre(post.id));
  bob.blocks(carol);
  EXPECT_THAT(timeline({carol.id}), IsEmpty());
  world.write([&](db::Writer& w) { w.run("update account set silenced_at = 1 where id = $1", bob.id); });
  EXPECT_THAT(timeline(), IsEmpty());
}

TEST_P(Links, OfOnePostHaveABound) {
  std::string text;
  for (std::size_t i = 0; i < links_max + 10; ++i) text += "https://a.example/" + std::to_string(i) + " ";
  alice.posts(text + "https://a.example/0");
  EXPECT_EQ(world.count("select count(*) from post_link"), static_cast<std::int64_t>(links_max));
}

INSTANTIATE_TEST_SUITE_P(Engines, Links, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace posy::social::testing
