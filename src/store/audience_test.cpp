#include "store/audience.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "db/test_database.hpp"
#include "store/migrations.hpp"
#include "store/outgoing.hpp"
#include "store/relation.hpp"
#include "store/remote.hpp"

namespace posy::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(HostOfInbox, TakesTheHostAsItIsKnownHere) {
  EXPECT_EQ(host_of_inbox("https://A.example/inbox"), "a.example");
  EXPECT_EQ(host_of_inbox("https://a.example:443/users/b/inbox"), "a.example");
  EXPECT_EQ(host_of_inbox("http://a.example:80"), "a.example");
  EXPECT_EQ(host_of_inbox("https://a.example:8443/inbox?x=/"), "a.example:8443");
  EXPECT_EQ(host_of_inbox("https://[2001:db8::1]:8443/inbox"), "[2001:db8::1]:8443");
  EXPECT_EQ(host_of_inbox("ftp://a.example/inbox"), "");
  EXPECT_EQ(host_of_inbox("https:///inbox"), "");
  EXPECT_EQ(host_of_inbox(""), "");
}

class Audience : public ::testing::TestWithParam<db::Engine> {
 protected:
  AccountId person(std::string const& name, std::string const& domain = {}) {
    return database->write_now([&](db::Writer& w) {
      Account account{.id = w.make_id<AccountId>(), .username = name, .username_key = name, .domain = domain, .created_at = w.now()};
      insert_account(w, account);
      return account.id;
    });
  }
  void lives(AccountId who, std::string const& inbox, std::string const& shared = {}) {
    write([&](db::Writer& w) {
      put_remote(w, {.account = who, .inbox = inbox, .shared_inbox = shared, .fetched_at = w.now()});
    });
  }
  void follows(AccountId who, AccountId whom, bool by_local = false) {
    write([&](db::Writer& w) {
      insert_follow(w, {.id = w.make_id<RowId>(), .account = who, .target = whom, .created_at = w.now(),
                        .by_local = by_local});
    });
  }
  // "inbox followers" of each.
  std::vector<std::string> audience(AccountId of) {
    return database->read_now([&](db::Reader& r) {
      return r.all<std::string>(
          "select host || ' ' || inbox || ' ' || followers from audience where account = $1 order by inbox", of);
    });
  }
  template <class F>
  void write(F act) {
    database->write_now([&](db::Writer& w) { act(w); });
  }

  db::TestDatabase database{GetParam(), migrations()};
  AccountId alice = person("alice"), bob = person("bob", "b.example"), beth = person("beth", "b.example"),
            carl = person("carl", "c.example");
};
INSTANTIATE_TEST_SUITE_P(Engines, Audience, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Audience, CountsByInbox) {
  for (auto who : {bob, beth}) lives(who, fmt::format("https://b.example/{}", who.value), "https://b.example/inbox");
  lives(carl, "https://c.example/carl");
  for (auto who : {bob, beth, carl, carl}) follows(who, alice);
  EXPECT_THAT(audience(alice), ElementsAre("b.example https://b.example/inbox 2", "c.example https://c.example/carl 1"));
  EXPECT_EQ(database->read_now([&](db::Reader& r) { return audience_size(r, alice); }), 2);

  write([&](db::Writer& w) { delete_follow(w, bob, alice); });
  write([&](db::Writer& w) { delete_follow(w, bob, alice); });
  EXPECT_THAT(audience(alice), ElementsAre("b.example https://b.example/inbox 1", "c.example https://c.example/carl 1"));
  write([&](db::Writer& w) { delete_follow(w, beth, alice); });
  write([&](db::Writer& w) { delete_follow(w, carl, alice); });
  EXPECT_THAT(audience(alice), IsEmpty());
  EXPECT_FALSE(database->read_now([&](db::Reader& r) { return has_audience(r, alice); }));
}

TEST_P(Audience, MovesWithAnInbox) {
  follows(bob, alice);
  EXPECT_THAT(audience(alice), IsEmpty()) << "nobody knows where";
  lives(bob, "https://b.example/bob");
  EXPECT_THAT(audience(alice), ElementsAre("b.example https://b.example/bob 1"));
  lives(bob, "https://b.example/bob", "https://b.example/inbox");
  lives(bob, "https://b.example/bob", "https://b.example/inbox");
  EXPECT_THAT(audience(alice), ElementsAre("b.example https://b.example/inbox 1"));
}

// Two units of work, the second of which begins when the first one has done all but commit.
void do_crosswise(db::Database& database, std::function<void(db::Writer&)> first,
                  std::function<void(db::Writer&)> second) {
  std::atomic<bool> begun{false}, is_over{false};
  std::thread other([&] {
    while (!begun) std::this_thread::sleep_for(Milliseconds(1));
    database.write_now([&](db::Writer& w) { second(w); });
    is_over = true;
  });
  auto is_waiting = [](db::Reader& r) { return r.one<int>("select count(*) from pg_locks where not granted") > 0; };
  database.write_now([&](db::Writer& w) {
    first(w);
    begun = true;
    for (int i = 0; i < 2'000 && !is_over && !database.read_now(is_waiting); ++i)
      std::this_thread::sleep_for(Milliseconds(5));
  });
  other.join();
}

TEST_P(Audience, CountsRightWhenAnInboxMovesDuringAFollow) {
  if (GetParam() != db::Engine::postgres) GTEST_SKIP() << "SQLite writes one unit after the other";
  std::string const old_home = "https://b.example/old", new_home = "https://b.example/new";
  auto move = [&](db::Writer& w) {
    put_remote(w, {.account = bob, .inbox = new_home, .fetched_at = w.now()});
  };
  auto follow = [&](db::Writer& w) {
    insert_follow(w, {.id = w.make_id<RowId>(), .account = bob, .target = alice, .created_at = w.now(),
                      .by_local = false});
  };
  auto unfollow = [&](db::Writer& w) { delete_follow(w, bob, alice); };
  auto const there = ElementsAre("b.example https://b.example/new 1");
  for (bool moves_first : {false, true}) {
    lives(bob, old_home);
    if (moves_first) do_crosswise(*database, move, follow);
    else do_crosswise(*database, follow, move);
    EXPECT_THAT(audience(alice), there) << moves_first;

    lives(bob, old_home);
    if (moves_first) do_crosswise(*database, move, unfollow);
    else do_crosswise(*database, unfollow, move);
    EXPECT_THAT(audience(alice), IsEmpty()) << moves_first;
  }
}

TEST_P(Audience, RemembersWhoLeftForWhatSheMayHave) {
  lives(bob, "https://b.example/inbox");
  lives(carl, "https://c.example/inbox");
  follows(bob, alice);
  follows(carl, alice);
  auto make = [&] { return database->write_now([](db::Writer& w) { return w.make_id<PostId>(); }); };
  auto const before = make();
  write([&](db::Writer& w) { delete_follow(w, bob, alice); });
  // Far enough behind it: two processes may cross.
  PostId const after{first_id_at(time_of_id(make().value) + std::chrono::minutes(5))};
  auto told = [&](PostId post, PostId held) {
    write([&](db::Writer& w) { send_to(w, alice.value, "{}", {.followers = true, .held = held}, post); });
    return database->read_now([&](db::Reader& r) { return outgoing_of(r, post, 1).at(0).waiting; });
  };
  EXPECT_EQ(told(before, {}), 1);
  EXPECT_EQ(told(before, before), 2);
  EXPECT_EQ(told(after, after), 1);
  write([&](db::Writer& w) { retire_inbox(w, "https://b.example/inbox"); });
  EXPECT_EQ(told(before, before), 1);
}

TEST_P(Audience, SendsToSoManyInboxesOfOneHostOnly) {
  auto fan = [](int i) { return AccountId{1000 + i}; };
  constexpr int fans = host_inboxes_max + 20;
  write([&](db::Writer& w) {
    for (int i = 0; i < fans; ++i) {
      auto name = fmt::format("fan{}", i);
      insert_account(w, {.id = fan(i), .username = name, .username_key = name, .domain = "b.example", .created_at = w.now()});
      put_remote(w, {.account = fan(i), .inbox = fmt::format("https://b.example/{}", i), .fetched_at = w.now()});
      insert_follow(w, {.id = w.make_id<RowId>(), .account = fan(i), .target = alice, .created_at = w.now(),
                        .by_local = false});
    }
  });
  lives(carl, "https://c.example/inbox");
  follows(carl, alice);
  auto size = [&] { return database->read_now([&](db::Reader& r) { return audience_size(r, alice); }); };
  auto is_in = [&](int i) {
    return database->read_now(
        [&](db::Reader& r) { return is_in_audience(r, alice, fmt::format("https://b.example/{}", i)); });
  };
  EXPECT_EQ(size(), host_inboxes_max + 1);
  EXPECT_TRUE(is_in(0));
  EXPECT_FALSE(is_in(fans - 1));
  write([&](db::Writer& w) { send_to(w, alice.value, "{}", {.followers = true}, PostId{1}); });
  EXPECT_EQ(database->read_now([](db::Reader& r) { return outgoing_of(r, PostId{1}, 1).at(0).waiting; }),
            host_inboxes_max + 1);

  write([&](db::Writer& w) { delete_follow(w, fan(fans - 1), alice); });
  EXPECT_EQ(size(), host_inboxes_max + 1);
  write([&](db::Writer& w) {
    for (int i = 0; i < 19; ++i) delete_follow(w, fan(i), alice);
  });
  EXPECT_EQ(size(), host_inboxes_max + 1) << "others have come in";
  EXPECT_TRUE(is_in(fans - 2));
  write([&](db::Writer& w) { delete_follow(w, fan(20), alice); });
  EXPECT_EQ(size(), host_inboxes_max);
}

TEST_P(Audience, RemembersOfOneHostTheLastWhoLeft) {
  write([&](db::Writer& w) {
    for (int i = 0; i < former_inboxes_max + 3; ++i) {
      put_remote(w, {.account = bob, .inbox = fmt::format("https://b.example/{}", i), .fetched_at = w.now()});
      insert_follow(w, {.id = w.make_id<RowId>(), .account = bob, .target = alice, .created_at = w.now(),
                        .by_local = false});
      delete_follow(w, bob, alice);
    }
    send_to(w, alice.value, "{}", {.followers = true, .held = PostId{first_id_at(w.now())}}, PostId{1});
  });
  EXPECT_EQ(database->read_now([](db::Reader& r) { return outgoing_of(r, PostId{1}, 1).at(0).waiting; }),
            former_inboxes_max);
}

TEST_P(Audience, LeavesOutWhoIsHereAndWhatIsGone) {
  follows(person("dora"), alice, true);
  EXPECT_THAT(audience(alice), IsEmpty());
  lives(bob, "https://b.example/inbox");
  lives(carl, "https://c.example/inbox");
  follows(bob, alice);
  follows(carl, alice);
  write([&](db::Writer& w) { retire_inbox(w, "https://c.example/inbox"); });
  EXPECT_EQ(database->read_now([&](db::Reader& r) { return audience_size(r, alice); }), 1);
  write([&](db::Writer& w) {
    send_to(w, alice.value, "{}", {.followers = true, .inboxes = {"https://b.example/inbox", "https://d.example/i"}},
            PostId{1});
  });
  auto out = database->read_now([&](db::Reader& r) { return outgoing_of(r, PostId{1}, 1).at(0); });
  EXPECT_EQ(out.waiting, 2) << "each inbox once";
}

}  // namespace
}  // namespace posy::store
