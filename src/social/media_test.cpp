#include "social/media.hpp"

#include "social/clean_up.hpp"
#include "social/test_world.hpp"

namespace posy::social::testing {
namespace {

using store::MediaState;

class Uploads : public Rules {
 protected:
  Person alice = world.local("alice");
  Person bob = world.local("bob");

  Upload upload(std::optional<std::string> description = {}, std::optional<std::string> focus = {}) {
    return {alice.id, store::MediaKind::image, "image/png", std::move(description), std::move(focus)};
  }
  store::Media starts(Upload const& upload) {
    return world.write([&](db::Writer& w) { return start_upload(w, world.site, upload); });
  }
  Refusal refused(Upload const& upload) {
    return world.refusal([&](db::Writer& w) { start_upload(w, world.site, upload); }).refusal;
  }
  store::Media media(MediaId id) {
    return world.read([&](db::Reader& r) { return *store::find_media(r, id); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Uploads, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Uploads, AreReadyWhenTheyAreFinished) {
  auto started = starts(upload("a gradient", "-0.5,0.25"));
  EXPECT_EQ(started.state, MediaState::processing);
  FinishedMedia finished{store::MediaKind::image, "image/png", "aa/original.png", "aa/preview.png"};
  finished.width = 120;
  world.write([&](db::Writer& w) { finish_upload(w, started.id, finished); });
  auto row = media(started.id);
  EXPECT_EQ(row.state, MediaState::ready);
  EXPECT_EQ(row.description, "a gradient");
  EXPECT_EQ(row.focus_x, -0.5);
  EXPECT_EQ(row.focus_y, 0.25);
  EXPECT_EQ(row.width, 120);
}

TEST_P(Uploads, RefuseNonsenseAboutThem) {
  EXPECT_EQ(refused(upload({}, "left")), Refusal::unprocessable);
  EXPECT_EQ(refused(upload({}, "0.1")), Refusal::unprocessable);
  EXPECT_EQ(refused(upload({}, "nan,0")), Refusal::unprocessable);
  EXPECT_EQ(refused(upload(std::string(1501, 'x'))), Refusal::unprocessable);
  EXPECT_EQ(starts(upload({}, "7, -7")).focus_x, 1);
}

TEST_P(Uploads, AreLimitedInNumberWhileTheyAreProcessed) {
  for (int i = 0; i < uploads_at_once_max; ++i) starts(upload());
  EXPECT_EQ(refused(upload()), Refusal::too_many);
}

TEST_P(Uploads, ThatWereInterruptedHaveFailed) {
  auto started = starts(upload());
  auto ready = alice.uploads();
  world.clock.advance(std::chrono::minutes(1));
  world.write([](db::Writer& w) { fail_interrupted_uploads(w); });
  EXPECT_EQ(media(started.id).state, MediaState::failed);
  EXPECT_FALSE(media(started.id).error.empty());
  EXPECT_EQ(media(ready).state, MediaState::ready);
}

TEST_P(Uploads, BelongToOnePerson) {
  auto id = alice.uploads();
  auto change = [&](db::Writer& w) { describe_media(w, world.site, bob.id, id, "mine", {}); };
  EXPECT_EQ(world.refusal(change).refusal, Refusal::not_found);
  EXPECT_EQ(world.refusal([&](db::Writer& w) { delete_media(w, bob.id, id); }).refusal, Refusal::not_found);
}

TEST_P(Uploads, AreDeletedUnlessAPostHasThem) {
  auto used = alice.uploads(), free = alice.uploads();
  auto draft = alice.draft("look");
  draft.media = {used};
  alice.publishes(draft);
  EXPECT_EQ(world.refusal([&](db::Writer& w) { delete_media(w, alice.id, used); }).refusal,
            Refusal::unprocessable);
  auto blobs = world.write([&](db::Writer& w) { return delete_media(w, alice.id, free); });
  EXPECT_EQ(blobs.size(), 1u);
  EXPECT_EQ(world.count("select count(*) from media"), 1);
}

TEST_P(Uploads, ThatFinishAfterTheirDeletionAreNothing) {
  auto started = starts(upload());
  world.write([&](db::Writer& w) { delete_media(w, alice.id, started.id); });
  world.write([&](db::Writer& w) { finish_upload(w, started.id, {}); });
  EXPECT_EQ(world.count("select count(*) from media"), 0);
}

}  // namespace
}  // namespace posy::social::testing
