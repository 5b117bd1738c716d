// Writing over days.
#include "social/manuscripts.hpp"

#include <gmock/gmock.h>

#include "social/clean_up.hpp"
#include "social/scheduled.hpp"
#include "social/test_world.hpp"

namespace posy::social::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Manuscripts : public Rules {
 protected:
  Person alice = world.local("alice");
  Person bob = world.local("bob");

  store::Manuscript begins(ManuscriptChange const& change, PostId post = {}) {
    return world.write([&](db::Writer& w) { return begin_manuscript(w, alice.id, post, change); });
  }
  store::Manuscript saves(RowId id, std::int64_t version, ManuscriptChange const& change) {
    world.clock.advance(std::chrono::seconds(10));
    return world.write([&](db::Writer& w) { return save_manuscript(w, alice.id, id, version, change); });
  }
  Error not_saved(RowId id, std::int64_t version, ManuscriptChange const& change) {
    return world.refusal([&](db::Writer& w) { save_manuscript(w, alice.id, id, version, change); });
  }
  Post publishes(RowId id, Publication const& publication = {}) {
    auto post = world.write(
        [&](db::Writer& w) { return publish_manuscript(w, world.site, alice.id, id, publication); });
    return world.read([&](db::Reader& r) { return *store::find_post(r, post); });
  }
  std::vector<store::VersionHead> versions(RowId id) {
    return world.read([&](db::Reader& r) { return store::versions_of(r, id, 1000); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Manuscripts, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Manuscripts, KeepWhatIsTyped) {
  auto m = begins({.title = " On bees ", .text = "Busy \n"});
  auto saved = saves(m.id, 1, {.text = "Busy bees \n"});
  EXPECT_EQ(saved.version, 2);
  auto found = world.read([&](db::Reader& r) { return find_own_manuscript(r, alice.id, m.id); });
  EXPECT_EQ(found.title, " On bees ") << "as it was typed";
  EXPECT_EQ(found.text, "Busy bees \n");
  auto list = world.read([&](db::Reader& r) { return store::manuscripts_by(r, alice.id, {}); });
  ASSERT_THAT(list, SizeIs(1));
  EXPECT_EQ(list[0].beginning, "Busy bees \n");
}

TEST_P(Manuscripts, AreHersAlone) {
  auto m = begins({.text = "mine"});
  auto not_hers = [&](auto act) { return world.refusal(act).refusal; };
  EXPECT_EQ(not_hers([&](db::Writer& w) { find_own_manuscript(w, bob.id, m.id); }), Refusal::not_found);
  EXPECT_EQ(not_hers([&](db::Writer& w) { save_manuscript(w, bob.id, m.id, 1, {}); }), Refusal::not_found);
  EXPECT_EQ(not_hers([&](db::Writer& w) { delete_own_manuscript(w, bob.id, m.id); }), Refusal::not_found);
  EXPECT_EQ(not_hers([&](db::Writer& w) { publish_manuscript(w, world.site, bob.id, m.id, {}); }),
            Refusal::not_found);
  auto post = bob.posts("his");
  EXPECT_EQ(not_hers([&](db::Writer& w) { begin_manuscript(w, alice.id, post.id, {}); }), Refusal::not_found);
}

TEST_P(Manuscripts, WhoComesSecondIsTold) {
  auto m = begins({.text = "one"});
  saves(m.id, 1, {.text = "two"});
  EXPECT_EQ(not_saved(m.id, 1, {.text = "other tab"}).refusal, Refusal::conflict);
  EXPECT_EQ(not_saved(m.id, 3, {.text = "from nowhere"}).refusal, Refusal::conflict);
  auto act = [&](db::Writer& w) { publish_manuscript(w, world.site, alice.id, m.id, {.version = 1}); };
  EXPECT_EQ(world.refusal(act).refusal, Refusal::conflict);
  EXPECT_EQ(publishes(m.id, {.version = 2}).source, "two");
}

TEST_P(Manuscripts, KeepAVersionForEachFiveMinutes) {
  auto m = begins({.text = "0"});
  for (int i = 1; i <= 100; ++i) saves(m.id, i, {.text = std::to_string(i)});  // each ten seconds
  auto kept = versions(m.id);
  ASSERT_THAT(kept, SizeIs(4));
  EXPECT_EQ(kept[0].version, 101) << "the newest is as it is";
  auto first = world.read([&](db::Reader& r) { return store::find_version(r, m.id, kept[3].version); });
  EXPECT_EQ(first->text, "29") << "as it was left when the next began";
}

TEST_P(Manuscripts, KeepNotEverything) {
  auto m = begins({.text = "0"});
  std::int64_t version = 1;
  for (int i = 0; i < manuscript_versions_max + 5; ++i) {
    world.clock.advance(manuscript_version_span);
    version = saves(m.id, version, {.text = std::to_string(i)}).version;
  }
  EXPECT_THAT(versions(m.id), SizeIs(manuscript_versions_max));
  for (int i = 0; i < 12; ++i) {
    world.clock.advance(manuscript_version_span);
    version = saves(m.id, version, {.text = std::string(1'000'000, 'a')}).version;
  }
  EXPECT_LE(versions(m.id).size(), 10u) << "bounded in size too";
  EXPECT_EQ(not_saved(m.id, version, {.text = std::string(1'100'000, 'a')}).refusal, Refusal::unprocessable);
  EXPECT_EQ(not_saved(m.id, version, {.title = std::string(9'000, 'a')}).refusal, Refusal::unprocessable);
  EXPECT_EQ(not_saved(m.id, version, {.text = "\xff"}).refusal, Refusal::unprocessable);
}

TEST_P(Manuscripts, HoldTheirFiles) {
  auto cover = alice.uploads(), inside = alice.uploads(), listed = alice.uploads(), his = bob.uploads();
  auto m = begins({.text = "![](media:" + inside.str() + ") ![](media:" + his.str() + ")",
                   .cover = cover,
                   .media = std::vector{listed}});
  world.clock.advance(std::chrono::hours(72));
  world.write([&](db::Writer& w) { clean_up(w); });
  auto left = [&] {
    auto rows = world.read([&](db::Reader& r) { return store::media_by_id(r, {cover, inside, listed, his}); });
    return rows.size();
  };
  EXPECT_EQ(left(), 3u) << "his own was held by nobody";
  EXPECT_EQ(not_saved(m.id, 1, {.media = std::vector{MediaId{12345}}}).refusal, Refusal::unprocessable);
  world.write([&](db::Writer& w) { delete_own_manuscript(w, alice.id, m.id); });
  world.clock.advance(std::chrono::hours(1));
  world.write([&](db::Writer& w) { clean_up(w); });
  EXPECT_EQ(left(), 3u) << "not at once";
  world.clock.advance(std::chrono::hours(72));
  world.write([&](db::Writer& w) { clean_up(w); });
  EXPECT_EQ(left(), 0u);
}

TEST_P(Manuscripts, BecomePosts) {
  auto cover = alice.uploads();
  auto m = begins({.title = "On bees", .summary = "Busy", .slug = "bees", .text = "Long", .cover = cover});
  auto post = publishes(m.id, {.announcement = "Read this:"});
  EXPECT_EQ(post.title, "On bees");
  EXPECT_EQ(post.summary, "Busy");
  EXPECT_EQ(post.slug, "bees");
  EXPECT_EQ(post.cover, cover);
  EXPECT_EQ(world.count("select count(*) from manuscript"), 0);
  EXPECT_EQ(world.count("select count(*) from manuscript_version"), 0);
  auto sources = world.read([](db::Reader& r) { return r.all<std::string>("select source from post order by id"); });
  ASSERT_THAT(sources, SizeIs(2));
  EXPECT_THAT(sources[1], HasSubstr("Read this:\n\n"));
  EXPECT_THAT(sources[1], HasSubstr("/bees"));
}

TEST_P(Manuscripts, ThatCannotBePublishedStay) {
  auto m = begins({.title = "Empty"});
  auto act = [&](db::Writer& w) { publish_manuscript(w, world.site, alice.id, m.id, {}); };
  EXPECT_EQ(world.refusal(act).message, "Validation failed: Text can't be blank");
  EXPECT_EQ(world.count("select count(*) from manuscript"), 1);
}

TEST_P(Manuscripts, ChangePosts) {
  auto m = begins({.title = "On bees", .text = "Long"});
  auto post = publishes(m.id);
  auto change = begins({}, post.id);
  EXPECT_EQ(change.title, "On bees");
  EXPECT_EQ(change.text, "Long");
  EXPECT_EQ(begins({}, post.id).id, change.id) << "one for each post";
  saves(change.id, 1, {.text = "Longer"});
  world.clock.advance(std::chrono::minutes(1));
  auto changed = publishes(change.id);
  EXPECT_EQ(changed.id, post.id);
  EXPECT_EQ(changed.source, "Longer");
  EXPECT_TRUE(changed.edited_at);
}

TEST_P(Manuscripts, MayWaitForTheirHour) {
  auto m = begins({.title = "On bees", .text = "Long"});
  auto row = world.write([&](db::Writer& w) {
    return schedule_manuscript(w, world.site, alice.id, m.id, {}, w.now() + std::chrono::hours(1));
  });
  EXPECT_EQ(world.count("select count(*) from manuscript"), 0);
  world.clock.advance(std::chrono::hours(2));
  world.write([&](db::Writer& w) { publish_scheduled(w, world.site, row); });
  EXPECT_EQ(world.count("select count(*) from post where slug = 'on-bees'"), 1);
}

}  // namespace
}  // namespace posy::social::testing
