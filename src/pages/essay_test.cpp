// Essays as pages, in lists and in feeds.
#include "pages/essay.hpp"

#include <gmock/gmock.h>

#include "pages/test_site.hpp"
#include "social/edit.hpp"

namespace posy::pages::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct EssaySite : TestSite {
  Person alice = world.local("alice");
  MediaId cover = uploads(alice, keeps("x", "image/png"), "A hive");
  MediaId inside = uploads(alice, keeps("y", "image/png"), "A bee");
  Post post = alice.publishes(essay());

  social::Draft essay() {
    auto draft = alice.draft("# Part\n\nThey hum[^1]. ![](media:" + inside.str() + " \"Busy\")\n\n[^1]: Low.");
    draft.title = "On <bees>";
    draft.summary = "What they do & why";
    draft.source_type = store::SourceType::markdown;
    draft.cover = cover;
    return draft;
  }
  Post edits(social::Edit const& edit) {
    world.clock.advance(std::chrono::minutes(1));
    return world.write([&](db::Writer& w) { return social::edit_post(w, world.site, alice.id, post.id, edit); });
  }
  std::string location(std::string_view target) {
    auto answer = get(target);
    EXPECT_EQ(answer.status, 302u) << target;
    return answer.header("Location");
  }
};

TEST(EssayPage, HasAllThatIsToBeRead) {
  EssaySite site;
  auto html = site.page("/@alice/on-bees");
  for (std::string part :
       {"<title>On &lt;bees&gt; — Rose Garden</title>", "itemprop=\"headline\" dir=\"auto\">On &lt;bees&gt;</h1>",
        "What they do &amp; why</p>", "itemtype=\"https://schema.org/Article\"", "<h2>Part</h2>", "alt=\"A hive\"",
        "<figcaption>Busy</figcaption>", "<figure><img src=\"/media/", "<a href=\"#fn-1\">1</a>", "<li id=\"fn-1\">",
        "<link rel=\"canonical\" href=\"https://posy.test/@alice/on-bees\">", "1 minute to read",
        "<meta property=\"og:title\" content=\"On &lt;bees&gt;\">",
        "<meta property=\"og:description\" content=\"What they do &amp; why\">", "summary_large_image"})
    EXPECT_THAT(html, HasSubstr(part));
  EXPECT_EQ(html.find("<h1"), html.rfind("<h1"));
}

TEST(EssayPage, HasOneAddress) {
  EssaySite site;
  EXPECT_EQ(site.location("/@alice/" + site.post.id.str()), "/@alice/on-bees");
  auto before = site.get("/@alice/on-bees").header("ETag");
  site.edits({.title = "On wasps", .slug = "", .text = "Other words"});
  EXPECT_EQ(site.location("/@alice/on-bees"), "/@alice/on-wasps");
  EXPECT_THAT(site.page("/@alice/on-wasps"), HasSubstr("Other words"));
  site.edits({.title = "", .text = "a note"});
  EXPECT_EQ(site.location("/@alice/on-wasps"), "/@alice/" + site.post.id.str());
  for (std::string target : {"/@alice/nothing", "/@bob/on-bees", "/@alice/On-Bees", "/@alice/-"})
    EXPECT_EQ(site.status(target), 404u) << target;
}

TEST(EssayPage, IsNotForEverybodyWhereTheEssayIsNot) {
  EssaySite site;
  auto draft = site.essay();
  draft.title = "Among friends";
  draft.cover = {};
  draft.text = "Quietly";
  draft.visibility = Visibility::followers;
  EXPECT_EQ(site.alice.publishes(draft).slug, "among-friends");
  EXPECT_EQ(site.status("/@alice/among-friends"), 404u);
}

TEST(EssayPage, ANoticeCoversTheText) {
  EssaySite site;
  site.edits({.text = "Sting", .notice = "wasps", .media = {}});
  auto html = site.page("/@alice/on-bees");
  EXPECT_LT(html.find("<details"), html.find("Sting"));
  EXPECT_THAT(html, Not(HasSubstr("og:image")));
}

TEST(EssayInLists, IsATitleThatLeadsToIt) {
  EssaySite site;
  auto html = site.page("/@alice");
  EXPECT_THAT(html, HasSubstr("<a href=\"/@alice/on-bees\">On &lt;bees&gt;</a>"));
  EXPECT_THAT(html, HasSubstr("What they do &amp; why"));
  EXPECT_THAT(html, Not(HasSubstr("They hum")));
  EXPECT_THAT(html, HasSubstr("A hive"));
  EXPECT_THAT(html, Not(HasSubstr("A bee"))) << "its cover, not all its pictures";
}

TEST(EssayInFeeds, IsWhole) {
  EssaySite site;
  for (std::string target : {"/@alice.rss", "/@alice.atom"}) {
    auto feed = site.page(target);
    EXPECT_THAT(feed, HasSubstr("<title>On &lt;bees&gt;</title>")) << target;
    EXPECT_THAT(feed, HasSubstr("They hum")) << target;
    EXPECT_THAT(feed, HasSubstr("https://posy.test/@alice/on-bees")) << target;
  }
}

}  // namespace
}  // namespace posy::pages::testing
