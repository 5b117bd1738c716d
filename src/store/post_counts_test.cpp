#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "db/test_database.hpp"
#include "store/account.hpp"
#include "store/migrations.hpp"
#include "store/post.hpp"

namespace posy::store {
namespace {

class PostCounts : public ::testing::TestWithParam<db::Engine> {
 protected:
  PostId make_post() {
    return database->write_now([](db::Writer& w) {
      Account author{.id = w.make_id<AccountId>(), .username = "a", .username_key = "a", .created_at = w.now()};
      insert_account(w, author);
      Post made{.id = w.make_id<PostId>(), .author = author.id, .created_at = w.now()};
      made.thread = made.id;
      insert_post(w, made);
      return made.id;
    });
  }
  PostStats stats() {
    return database->read_now([&](db::Reader& r) { return post_stats(r, {post}).at(0); });
  }
  void add(PostCount count, int change) {
    database->write_now([&](db::Writer& w) { add_to_count(w, post, count, change); });
  }
  std::int64_t left() {
    return database->read_now([](db::Reader& r) { return r.one<std::int64_t>("select count(*) from post_count_change"); });
  }

  db::TestDatabase database{GetParam(), migrations()};
  PostId post = make_post();
};
INSTANTIATE_TEST_SUITE_P(Engines, PostCounts, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(PostCounts, CountEachKindAndNeverBelowNothing) {
  add(PostCount::replies, 1);
  add(PostCount::boosts, 1);
  add(PostCount::boosts, 1);
  add(PostCount::favourites, 1);
  add(PostCount::favourites, -1);
  add(PostCount::favourites, -1);
  add(PostCount::quotes, 1);
  auto const now = stats();
  EXPECT_EQ(now.replies, 1);
  EXPECT_EQ(now.boosts, 2);
  EXPECT_EQ(now.favourites, 0);
  EXPECT_EQ(now.quotes, 1);
}

TEST_P(PostCounts, WaitForNobodyAndLoseNothing) {
  if (GetParam() != db::Engine::postgres) GTEST_SKIP() << "SQLite writes one unit after the other";
  std::atomic<bool> begun{false}, others_done{false};
  std::thread others([&] {
    while (!begun) std::this_thread::sleep_for(Milliseconds(1));
    for (int i = 0; i < 3; ++i) add(PostCount::favourites, 1);
    others_done = true;
  });
  bool waited = true;
  database->write_now([&](db::Writer& w) {
    add_to_count(w, post, PostCount::favourites, 1);
    begun = true;
    // Until the others are done, which they never are when they wait for us.
    for (int i = 0; i < 2'000 && !others_done; ++i) std::this_thread::sleep_for(Milliseconds(5));
    waited = !others_done;
  });
  others.join();
  EXPECT_FALSE(waited);
  EXPECT_EQ(left(), 3);
  EXPECT_EQ(stats().favourites, 4);
  add(PostCount::boosts, 1);  // takes in what was left
  EXPECT_EQ(left(), 0);
  EXPECT_EQ(stats().favourites, 4);
  EXPECT_EQ(stats().boosts, 1);
}

TEST_P(PostCounts, LeaveNothingForWhatIsGone) {
  database->write_now([&](db::Writer& w) {
    delete_post(w, post);
    leave_count(w, post, PostCount::replies, 1);
    add_to_count(w, post, PostCount::replies, 1);
  });
  EXPECT_EQ(left(), 0);
}

}  // namespace
}  // namespace posy::store
