#include "social/article_pictures.hpp"

#include <gmock/gmock.h>

#include "social/receive.hpp"
#include "social/test_world.hpp"
#include "store/remote.hpp"
#include "text/sanitize.hpp"

namespace posy::social::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ArticlePictures : public Rules {
 protected:
  Person zoe = world.remote("zoe", "far.example");

  Arrival article(std::vector<std::string> pictures) {
    Arrival out{.author = zoe.id, .uri = "https://far.example/posts/1", .title = "Bees", .content = "<p>They</p>"};
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      out.content += "<figure><img src=\"" + picture_mark(i) + "\" alt=\"bee\" /></figure>";
      store::Media media;
      media.kind = store::MediaKind::image;
      media.remote_url = pictures[i];
      out.media.push_back(media);
    }
    out.pictures = std::move(pictures);
    out.site = &world.site;
    return out;
  }
  Post stored() {
    return *world.read([&](db::Reader& r) { return store::find_post_by_uri(r, "https://far.example/posts/1"); });
  }
  std::string address(std::string const& lies_at) {
    auto post = stored();
    return world.read([&](db::Reader& r) {
      for (auto const& media : store::media_of(r, {post.id}))
        if (media.remote_url == lies_at) return world.site.media_url(media);
      return std::string("none");
    });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, ArticlePictures, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(ArticlePictures, AreShownFromHereAndNeverFromWhereTheyLie) {
  auto arrived = article({"https://far.example/a.png", "https://cdn.example/b.png"});
  world.write([&](db::Writer& w) { receive_post(w, arrived); });
  auto content = stored().content;
  EXPECT_THAT(address("https://far.example/a.png"), HasSubstr("/media_proxy/original/"));
  EXPECT_EQ(content, "<p>They</p><figure><img src=\"" + address("https://far.example/a.png") +
                         "\" alt=\"bee\" /></figure><figure><img src=\"" + address("https://cdn.example/b.png") +
                         "\" alt=\"bee\" /></figure>");
  EXPECT_THAT(content, Not(HasSubstr("cdn.example")));
}

TEST_P(ArticlePictures, FollowAnEditAndAreNoEditByThemselves) {
  auto arrived = article({"https://far.example/a.png"});
  world.write([&](db::Writer& w) { receive_post(w, arrived); });
  auto before = stored();
  world.clock.advance(std::chrono::hours(1));
  arrived.edited = world.clock.now();
  world.write([&](db::Writer& w) { receive_edit(w, arrived); });
  EXPECT_EQ(stored().content, before.content);
  EXPECT_FALSE(stored().edited_at);

  arrived = article({"https://far.example/a.png", "https://far.example/b.png"});
  arrived.edited = world.clock.now();
  world.write([&](db::Writer& w) { receive_edit(w, arrived); });
  for (auto const* picture : {"https://far.example/a.png", "https://far.example/b.png"})
    EXPECT_THAT(stored().content, HasSubstr(address(picture)));
  EXPECT_THAT(stored().content, Not(HasSubstr("picture:")));
  EXPECT_TRUE(stored().edited_at);
}

TEST_P(ArticlePictures, AMarkThatSomebodyWroteIsTextOrLoadsNothing) {
  auto hostile = article({"https://far.example/a.png"});
  hostile.content = "<p>&lt;img src=\"picture:0\" <img src=\"picture:7\" /><img src=\"picture:\" />"
                    "<img src=\"picture:99999999999999999999\" /></p>";
  world.write([&](db::Writer& w) { receive_post(w, hostile); });
  EXPECT_EQ(stored().content, hostile.content);
}

}  // namespace
}  // namespace posy::social::testing
