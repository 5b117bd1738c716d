// Walks through what publishing does, and asks the engine how it would run each statement of the way.
#include <fmt/ranges.h>
#include <gmock/gmock.h>

#include "db/explain.hpp"
#include "jobs/queue.hpp"
#include "social/boost.hpp"
#include "social/clean_up.hpp"
#include "social/edit.hpp"
#include "social/favourite.hpp"
#include "social/mark.hpp"
#include "social/media.hpp"
#include "social/poll.hpp"
#include "social/quote.hpp"
#include "social/remove.hpp"
#include "social/scheduled.hpp"
#include "social/test_world.hpp"
#include "store/interaction.hpp"
#include "store/search.hpp"

namespace posy::social::testing {
namespace {

class Queries : public Rules {
 protected:
  void SetUp() override { world.database.reopen({.durable = false, .log_statements = true}); }
};
INSTANTIATE_TEST_SUITE_P(Engines, Queries, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

void live_through(World& world) {
  auto alice = world.local("alice"), bob = world.local("bob");
  bob.follows(alice);
  auto draft = alice.draft("@bob #tag");
  draft.idempotency_key = "key";
  draft.media = {alice.uploads()};
  auto post = alice.publishes(draft);
  draft = alice.draft("which?");
  draft.in_reply_to = post.id;
  draft.poll = PollDraft{{"a", "b"}, 300};
  auto reply = alice.publishes(draft);
  draft = bob.draft("quote");
  draft.quote_of = post.id;
  auto quote = bob.publishes(draft);
  world.write([&](db::Writer& w) {
    favourite(w, bob.id, post.id);
    bookmark(w, bob.id, post.id);
    pin(w, world.site, alice.id, post.id);
    mute_thread(w, bob.id, post.id);
    boost(w, bob.id, post.id);
    vote(w, bob.id, reply.poll, {0});
    edit_post(w, world.site, alice.id, post.id, {.text = "edited"});
    revoke_quote(w, alice.id, post.id, quote.id);
    store::boosts_of(w, post.id, {});
    store::quotes_of(w, post.id, {});
    store::favourites_of(w, post.id, {});
    store::favourites_by(w, bob.id, {});
    store::bookmarks_by(w, bob.id, {});
    store::ancestors(w, reply, 10);
    store::descendants(w, post, 10);
    store::edits_of(w, post.id, 10);
    store::search_posts(w, {.words = {"edited"}, .reader = alice.id}, {});
  });
  auto due = world.clock.now() + std::chrono::hours(1);
  auto row = world.write([&](db::Writer& w) { return schedule(w, world.site, alice.draft("later"), due); });
  world.clock.advance(std::chrono::hours(48));
  world.write([&](db::Writer& w) {
    publish_scheduled(w, world.site, row.id);
    store::scheduled_by(w, alice.id, {});
    end_poll(w, reply.poll);
    unboost(w, bob.id, post.id);
    unfavourite(w, bob.id, post.id);
    remove_post(w, alice.id, post.id, KeepMedia::no);
    clean_up(w);
    jobs::take_due(w, 10);
  });
}

TEST_P(Queries, NeverReadAWholeTable) {
  live_through(world);
  auto statements = world.database->prepared_statements();
  EXPECT_GT(statements.size(), 50u);
  world.read([&](db::Reader& r) {
    for (auto const& statement : statements) {
      auto plan = db::explain(r, statement);
      EXPECT_THAT(db::full_scans(r.engine(), plan), ::testing::IsEmpty())
          << statement.sql << "\n"
          << fmt::format("{}", fmt::join(plan, "\n"));
    }
  });
}

}  // namespace
}  // namespace posy::social::testing
