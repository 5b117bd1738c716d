// Essays: their summary, cover, pictures and addresses.
#include "social/essay.hpp"

#include <gmock/gmock.h>

#include "social/edit.hpp"
#include "social/scheduled.hpp"
#include "social/test_world.hpp"
#include "store/essay_slug.hpp"

namespace posy::social::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Essays : public Rules {
 protected:
  Person alice = world.local("alice");
  Person bob = world.local("bob");

  Draft essay(std::string title, std::string text = "Long words.") {
    auto draft = alice.draft(std::move(text));
    draft.title = std::move(title);
    draft.source_type = store::SourceType::markdown;
    return draft;
  }
  Post edits(PostId id, Edit edit) {
    world.clock.advance(std::chrono::minutes(1));
    return world.write([&](db::Writer& w) { return edit_post(w, world.site, alice.id, id, edit); });
  }
  std::string refused(Draft const& draft) {
    return world.refusal([&](db::Writer& w) { publish(w, world.site, draft); }).message;
  }
  std::vector<MediaId> files(PostId id) {
    std::vector<MediaId> out;
    for (auto const& media : world.read([&](db::Reader& r) { return store::media_of(r, {id}); }))
      out.push_back(media.id);
    return out;
  }
  std::optional<store::EssaySlug> leads(std::string const& slug) {
    return world.read([&](db::Reader& r) { return store::find_slug(r, alice.id, slug); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Essays, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Essays, HaveAnAddressLikeTheirTitle) {
  auto one = alice.publishes(essay("On Bees"));
  auto two = alice.publishes(essay("On bees!"));
  auto author = world.read([&](db::Reader& r) { return *store::find_account(r, alice.id); });
  EXPECT_EQ(one.slug, "on-bees");
  EXPECT_EQ(two.slug, "on-bees-2");
  EXPECT_EQ(world.site.post_url(one, author), world.site.account_url(author) + "/on-bees");
  EXPECT_EQ(alice.publishes(essay("Media")).slug, "essay") << "what stands there already";
  EXPECT_EQ(alice.publishes(essay("2026")).slug, "essay-2") << "an id would stand there";
  EXPECT_EQ(alice.posts("a note").slug, "");
}

TEST_P(Essays, KeepOldAddressesWhenTheyGetNewOnes) {
  auto post = alice.publishes(essay("On bees"));
  EXPECT_EQ(edits(post.id, {.title = "On wasps", .text = "x"}).slug, "on-bees") << "not by itself";
  EXPECT_EQ(edits(post.id, {.title = "On wasps", .slug = "", .text = "x"}).slug, "on-wasps");
  EXPECT_EQ(leads("on-bees")->post, post.id);
  EXPECT_EQ(leads("on-wasps")->post, post.id);
  EXPECT_EQ(edits(post.id, {.slug = "on-bees", .text = "x"}).slug, "on-bees") << "its own is free for it";
  auto draft = essay("Another");
  draft.slug = "on-wasps";
  EXPECT_EQ(refused(draft), "Validation failed: Slug has already been taken");
  for (std::string bad : {"On Bees", "117", "a--b", "media", "../x"}) {
    draft.slug = bad;
    EXPECT_EQ(refused(draft), "Validation failed: Slug is invalid") << bad;
  }
}

TEST_P(Essays, TakeThePicturesOfTheirText) {
  auto cover = alice.uploads(), inside = alice.uploads(), beside = alice.uploads(), hers = bob.uploads();
  auto draft = essay("On bees", "Look: ![](media:" + inside.str() + ") ![](media:" + hers.str() + ")");
  draft.cover = cover;
  draft.summary = "They are busy.";
  draft.media = {beside, inside};
  auto post = alice.publishes(draft);
  EXPECT_THAT(files(post.id), ElementsAre(cover, inside, beside));
  EXPECT_EQ(post.summary, "They are busy.");
  EXPECT_THAT(post.content, HasSubstr("<figure><img src="));
  EXPECT_THAT(post.content, ::testing::Not(HasSubstr(hers.str())));
  auto edited = edits(post.id, {.cover = MediaId{}, .text = "No more"});
  EXPECT_FALSE(edited.cover);
  EXPECT_EQ(edited.title, "On bees") << "what is left out stays";
  EXPECT_THAT(files(post.id), ElementsAre());
  draft.cover = hers;
  draft.media = {};
  EXPECT_THAT(refused(draft), HasSubstr("Media not found"));
}

TEST_P(Essays, AreLongAndNotEndless) {
  std::string text;
  while (text.size() + 1002 < essay_bytes_max) text += std::string(1000, 'a') + "\n\n";
  EXPECT_GT(alice.publishes(essay("Long", text)).content.size(), 1'000'000u);
  EXPECT_THAT(refused(essay("Longer", text + std::string(5000, 'b'))), HasSubstr("too long"));
  EXPECT_THAT(refused(essay("Dense", std::string(70'000, 'a'))), HasSubstr("paragraph"));
  EXPECT_THAT(refused(essay("", text)), HasSubstr("character limit")) << "a note";
  auto draft = essay("Said");
  draft.summary = std::string(summary_characters_max + 1, 'a');
  EXPECT_THAT(refused(draft), HasSubstr("Summary"));
}

TEST_P(Essays, BecomeNotesWithoutATitle) {
  auto post = alice.publishes(essay("On bees"));
  auto note = edits(post.id, {.title = "", .text = "a note"});
  EXPECT_EQ(note.slug + note.summary + note.title, "");
  EXPECT_EQ(leads("on-bees")->post, post.id) << "links still lead to it";
}

TEST_P(Essays, CanWait) {
  auto cover = alice.uploads(), inside = alice.uploads();
  auto draft = essay("On bees", "![](media:" + inside.str() + ")");
  draft.cover = cover;
  draft.summary = "Later";
  draft.slug = "bees";
  auto row = world.write(
      [&](db::Writer& w) { return schedule(w, world.site, draft, w.now() + std::chrono::hours(1)); });
  world.clock.advance(std::chrono::hours(2));
  world.write([&](db::Writer& w) { publish_scheduled(w, world.site, row.id); });
  auto found = leads("bees");
  ASSERT_TRUE(found);
  auto post = world.read([&](db::Reader& r) { return *store::find_post(r, found->post); });
  EXPECT_EQ(post.summary, "Later");
  EXPECT_THAT(files(post.id), ElementsAre(cover, inside));
}

}  // namespace
}  // namespace posy::social::testing
