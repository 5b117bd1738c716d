#include "social/scheduled.hpp"

#include "jobs/queue.hpp"
#include "social/test_world.hpp"
#include "store/poll.hpp"

namespace posy::social::testing {
namespace {

class Scheduling : public Rules {
 protected:
  Person alice = world.local("alice");
  Time soon() { return world.clock.now() + std::chrono::hours(1); }

  store::ScheduledPost schedules(Draft const& draft, Time when) {
    return world.write([&](db::Writer& w) { return schedule(w, world.site, draft, when); });
  }
  Error refused(Draft const& draft, Time when) {
    return world.refusal([&](db::Writer& w) { schedule(w, world.site, draft, when); });
  }
  void publishes(RowId id) {
    world.write([&](db::Writer& w) { publish_scheduled(w, world.site, id); });
  }
  std::int64_t posts() { return world.count("select count(*) from post"); }
};
INSTANTIATE_TEST_SUITE_P(Engines, Scheduling, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Scheduling, PublishesAtItsTimeAndOnce) {
  auto draft = alice.draft("later");
  draft.notice = "careful";
  draft.visibility = Visibility::unlisted;
  draft.media = {alice.uploads()};
  auto row = schedules(draft, soon());
  publishes(row.id);
  EXPECT_EQ(posts(), 0);
  world.clock.advance(std::chrono::hours(1));
  publishes(row.id);
  publishes(row.id);
  EXPECT_EQ(posts(), 1);
  auto post = world.read([&](db::Reader& r) { return r.one<store::Post>("select :row from post"); });
  EXPECT_EQ(post.source, "later");
  EXPECT_EQ(post.notice, "careful");
  EXPECT_EQ(post.visibility, Visibility::unlisted);
  EXPECT_EQ(world.read([&](db::Reader& r) { return store::media_of(r, {post.id}); }).size(), 1u);
  EXPECT_EQ(world.count("select count(*) from scheduled_post"), 0);
}

TEST_P(Scheduling, KeepsPolls) {
  auto draft = alice.draft("which?");
  draft.poll = PollDraft{{"one", "two"}, 600, true, true};
  auto row = schedules(draft, soon());
  world.clock.advance(std::chrono::hours(1));
  publishes(row.id);
  auto poll = world.read([&](db::Reader& r) { return r.one<store::Poll>("select :row from poll"); });
  EXPECT_TRUE(poll.multiple && poll.hide_totals);
  EXPECT_EQ(*poll.expires_at, world.clock.now() + std::chrono::seconds(600));
}

TEST_P(Scheduling, NeedsFiveMinutes) {
  EXPECT_EQ(refused(alice.draft("x"), world.clock.now() + std::chrono::minutes(4)).refusal,
            Refusal::unprocessable);
  EXPECT_EQ(refused(alice.draft("x"), world.clock.now() - std::chrono::hours(1)).refusal,
            Refusal::unprocessable);
  schedules(alice.draft("x"), world.clock.now() + std::chrono::minutes(5));
}

TEST_P(Scheduling, AsksTheRulesAtOnce) {
  EXPECT_EQ(refused(alice.draft(""), soon()).message, "Validation failed: Text can't be blank");
}

TEST_P(Scheduling, HasLimits) {
  world.site.limits.scheduled_posts_a_day = 1;
  schedules(alice.draft("one"), soon());
  EXPECT_EQ(refused(alice.draft("two"), soon()).refusal, Refusal::unprocessable);
  schedules(alice.draft("two"), soon() + std::chrono::days(1));
  world.site.limits.scheduled_posts = 2;
  EXPECT_EQ(refused(alice.draft("three"), soon() + std::chrono::days(2)).refusal, Refusal::unprocessable);
}

TEST_P(Scheduling, HoldsItsMedia) {
  auto draft = alice.draft("later");
  draft.media = {alice.uploads()};
  auto row = schedules(draft, soon());
  EXPECT_EQ(refused(draft, soon()).refusal, Refusal::unprocessable);
  world.write([&](db::Writer& w) { cancel_scheduled(w, alice.id, row.id); });
  alice.publishes(draft);
}

TEST_P(Scheduling, CanBePutOffAndCancelledByItsAuthorAlone) {
  auto bob = world.local("bob");
  auto row = schedules(alice.draft("later"), soon());
  EXPECT_EQ(world.refusal([&](db::Writer& w) { cancel_scheduled(w, bob.id, row.id); }).refusal,
            Refusal::not_found);
  world.write(
      [&](db::Writer& w) { reschedule(w, world.site, alice.id, row.id, soon() + std::chrono::hours(1)); });
  world.clock.advance(std::chrono::hours(1));
  publishes(row.id);
  EXPECT_EQ(posts(), 0);
  EXPECT_EQ(world.count("select count(*) from job"), 1);
  world.write([&](db::Writer& w) { cancel_scheduled(w, alice.id, row.id); });
  world.clock.advance(std::chrono::hours(5));
  publishes(row.id);
  EXPECT_EQ(posts(), 0);
  EXPECT_EQ(world.count("select count(*) from job"), 0);
}

TEST_P(Scheduling, ThatMayNotBePublishedAnyMoreIsKept) {
  auto bob = world.local("bob");
  auto draft = alice.draft("@bob yes");
  draft.in_reply_to = bob.posts("hello").id;
  auto row = schedules(draft, soon());
  bob.blocks(alice);
  world.clock.advance(std::chrono::hours(1));
  auto error = world.refusal([&](db::Writer& w) { publish_scheduled(w, world.site, row.id); });
  EXPECT_EQ(error.refusal, Refusal::not_found);
  world.write([&](db::Writer& w) { keep_failure(w, row.id, error.message); });
  auto kept = world.read([&](db::Reader& r) { return find_own_scheduled(r, alice.id, row.id); });
  EXPECT_EQ(kept.error, error.message);
}

TEST_P(Scheduling, HappensOnceForAnIdempotencyKey) {
  auto draft = alice.draft("later");
  draft.idempotency_key = "key";
  auto row = schedules(draft, soon());
  EXPECT_EQ(schedules(draft, soon()).id, row.id);
  EXPECT_EQ(world.count("select count(*) from scheduled_post"), 1);
}

}  // namespace
}  // namespace posy::social::testing
