#include "store/outgoing.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/test_database.hpp"
#include "store/migrations.hpp"

namespace posy::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr Milliseconds lease = std::chrono::minutes(10);

class TestClock final : public Clock {
 public:
  Time now() const override { return from_milliseconds(now_.load()); }
  void advance(Milliseconds by) { now_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_{1'800'000'000'000};
};

class Outbox : public ::testing::TestWithParam<db::Engine> {
 protected:
  void sends(std::vector<std::string> const& hosts, PostId post = {}, int copies = 1) {
    Recipients recipients;
    for (auto const& host : hosts)
      for (int i = 0; i < copies; ++i)
        recipients.inboxes.push_back(fmt::format("https://{}/inbox{}", host, i > 0 ? std::to_string(i) : ""));
    database->write_now([&](db::Writer& w) { send_to(w, 1, "{}", recipients, post); });
  }
  std::vector<Peer> take(int limit = 10) {
    return database->write_now([&](db::Writer& w) { return take_peers(w, limit, lease); });
  }
  static std::vector<std::string> hosts_of(std::vector<Peer> const& peers) {
    std::vector<std::string> out;
    for (auto const& peer : peers) out.push_back(peer.host);
    std::ranges::sort(out);
    return out;
  }
  std::vector<std::string> taken(int limit = 10) { return hosts_of(take(limit)); }
  std::vector<Delivery> waiting(std::string const& host) {
    return database->read_now([&](db::Reader& r) { return waiting_for(r, host, 10); });
  }
  Outgoing of(PostId post) {
    return database->read_now([&](db::Reader& r) { return outgoing_of(r, post, 1).at(0); });
  }
  template <class F>
  void write(F act) {
    database->write_now([&](db::Writer& w) { act(w); });
  }

  TestClock clock;
  db::TestDatabase database{GetParam(), migrations(), &clock};
};
INSTANTIATE_TEST_SUITE_P(Engines, Outbox, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Outbox, GivesEachServerToOneOnly) {
  sends({"a.test", "b.test"});
  sends({"a.test"});
  EXPECT_THAT(taken(1), SizeIs(1));
  EXPECT_THAT(taken(), SizeIs(1));
  EXPECT_THAT(taken(), IsEmpty());
  EXPECT_THAT(waiting("a.test"), SizeIs(2));
}

TEST_P(Outbox, ForgetsWhoDiedAtWork) {
  sends({"a.test"});
  take();
  clock.advance(lease + Milliseconds(1));
  EXPECT_THAT(taken(), ElementsAre("a.test"));
}

TEST_P(Outbox, KeepsWhatIsAddedWhileSomebodyIsAtWork) {
  sends({"a.test"});
  auto peer = take().at(0);
  write([&](db::Writer& w) { finish_deliveries(w, waiting("a.test")); });
  sends({"a.test"});
  EXPECT_THAT(taken(), IsEmpty()) << "it is being worked on";
  write([&](db::Writer& w) { put_peer_back(w, peer); });
  EXPECT_THAT(taken(), ElementsAre("a.test"));
  write([&](db::Writer& w) { finish_deliveries(w, waiting("a.test")); });
  write([&](db::Writer& w) { put_peer_back(w, peer); });
  EXPECT_THAT(taken(), IsEmpty());
}

TEST_P(Outbox, IsNotGivenBackByWhoLostIt) {
  sends({"a.test"});
  auto late = take().at(0);
  clock.advance(lease + Milliseconds(1));
  auto other = take().at(0);
  late.failures = 9;
  write([&](db::Writer& w) { put_peer_back(w, late); });
  EXPECT_THAT(taken(), IsEmpty()) << "the other one is at work on it";
  write([&](db::Writer& w) { put_peer_back(w, other); });
  write([&](db::Writer& w) { put_peer_back(w, late); });
  EXPECT_EQ(take().at(0).failures, 0);
}

TEST_P(Outbox, LeavesServersAloneThatRest) {
  sends({"a.test"});
  auto peer = take().at(0);
  peer.failures = 5;
  peer.error = "no answer";
  peer.retry_at = clock.now() + std::chrono::hours(1);
  write([&](db::Writer& w) { put_peer_back(w, peer); });
  sends({"a.test"});
  EXPECT_THAT(taken(), IsEmpty());
  clock.advance(std::chrono::hours(1));
  auto again = take().at(0);
  EXPECT_EQ(again.failures, 5);
  EXPECT_EQ(again.error, "no answer");
}

TEST_P(Outbox, PutsAServerOff) {
  sends({"a.test"});
  auto peer = take().at(0);
  write([&](db::Writer& w) { put_peer_back(w, peer, w.now() + std::chrono::seconds(5)); });
  EXPECT_THAT(taken(), IsEmpty());
  clock.advance(std::chrono::seconds(5));
  EXPECT_THAT(taken(), ElementsAre("a.test"));
}

TEST_P(Outbox, LetsWhatIsForAFewOvertake) {
  std::vector<std::string> many;
  for (int i = 0; i < 20; ++i) many.push_back(fmt::format("m{:02}.test", i));
  sends(many);
  clock.advance(Milliseconds(5));
  sends({"m19.test", "few.test"});
  auto urgent = database->write_now([](db::Writer& w) { return take_urgent_peers(w, 10, lease); });
  EXPECT_THAT(hosts_of(urgent), ElementsAre("few.test", "m19.test"));
  EXPECT_TRUE(urgent.at(0).is_urgent);
  EXPECT_THAT(waiting("m19.test"), SizeIs(2));
  auto rest = take(50);
  EXPECT_THAT(rest, SizeIs(19));
  EXPECT_FALSE(rest.at(0).is_urgent);

  // It is over with the queue that was urgent when that is delivered: the next time it waits like others.
  for (auto const& peer : urgent)
    write([&](db::Writer& w) {
      finish_deliveries(w, urgent_for(w, peer.host, 10));
      put_peer_back(w, peer);
    });
  EXPECT_THAT(database->write_now([](db::Writer& w) { return take_urgent_peers(w, 10, lease); }), IsEmpty());
  sends({"few.test"});
  EXPECT_TRUE(take(1).at(0).is_urgent);
}

TEST_P(Outbox, KnowsWhatIsUrgentBehindALongQueueAndAfterARestart) {
  std::vector<std::string> many;
  for (int i = 0; i < 20; ++i) many.push_back(fmt::format("m{:02}.test", i));
  for (int i = 1; i <= 30; ++i) sends(many, PostId{i});
  sends({"m07.test"}, PostId{99});
  auto peers = take(50);
  ASSERT_THAT(peers, SizeIs(20));
  auto urgent = [&] { return database->read_now([](db::Reader& r) { return urgent_for(r, "m07.test", 8); }); };
  auto take_urgent = [&] {
    return hosts_of(database->write_now([](db::Writer& w) { return take_urgent_peers(w, 10, lease); }));
  };
  ASSERT_THAT(urgent(), SizeIs(1));
  EXPECT_EQ(urgent()[0].outgoing, of(PostId{99}).id);

  write([](db::Writer& w) { release_peers(w); });
  EXPECT_THAT(take_urgent(), ElementsAre("m07.test")) << "after a restart";
  clock.advance(lease + Milliseconds(1));
  EXPECT_THAT(take_urgent(), ElementsAre("m07.test")) << "by another process";
  write([&](db::Writer& w) {
    finish_deliveries(w, waiting_for(w, "m07.test", 8));
    put_peer_back(w, find_peer(w, "m07.test").value());
  });
  EXPECT_THAT(take_urgent(), ElementsAre("m07.test")) << "while it waits";
  write([&](db::Writer& w) {
    finish_deliveries(w, urgent());
    put_peer_back(w, find_peer(w, "m07.test").value());
  });
  EXPECT_THAT(take_urgent(), IsEmpty());
}

TEST_P(Outbox, LetsNothingOvertakeWhatTellsOfTheSamePost) {
  std::vector<std::string> many;
  for (int i = 0; i < 9; ++i) many.push_back(fmt::format("m{}.test", i));
  auto urgent = [&] { return database->read_now([](db::Reader& r) { return urgent_for(r, "m3.test", 8); }); };
  sends(many, PostId{1});
  sends({"m3.test"}, PostId{1});
  sends({"m3.test"}, PostId{2});
  ASSERT_THAT(urgent(), SizeIs(1));
  EXPECT_EQ(urgent()[0].outgoing, of(PostId{2}).id);
  write([&](db::Writer& w) { finish_deliveries(w, waiting_for(w, "m3.test", 1)); });
  EXPECT_THAT(urgent(), SizeIs(2));
}

TEST_P(Outbox, LetsNoServerThatFailsBeUrgent) {
  sends({"a.test"});
  auto peer = take().at(0);
  peer.failures = 1;
  write([&](db::Writer& w) { put_peer_back(w, peer); });
  EXPECT_THAT(database->write_now([](db::Writer& w) { return take_urgent_peers(w, 10, lease); }), IsEmpty());
  EXPECT_THAT(taken(), ElementsAre("a.test"));
}

TEST_P(Outbox, HandsOutInOrder) {
  sends({"a.test"}, PostId{1});
  sends({"a.test", "b.test"}, PostId{2}, 2);
  sends({"a.test"}, PostId{3});
  std::vector<RowId> order;
  for (auto const& delivery : waiting("a.test")) order.push_back(delivery.outgoing);
  EXPECT_THAT(order, ElementsAre(of(PostId{1}).id, of(PostId{2}).id, of(PostId{2}).id, of(PostId{3}).id));
  EXPECT_EQ(of(PostId{2}).waiting, 4);
}

TEST_P(Outbox, TellsWhatBecameOfAPost) {
  PostId post{77};
  sends({"a.test", "b.test", "c.test", "c.test"}, post);
  EXPECT_EQ(of(post).waiting, 3);
  write([&](db::Writer& w) {
    finish_deliveries(w, waiting("a.test"));
    give_up_deliveries(w, {{waiting("b.test").at(0), "answered with 404"}});
  });
  auto row = of(post);
  EXPECT_EQ(std::tuple(row.waiting, row.delivered, row.failed), std::tuple(1, 1, 1));
  EXPECT_FALSE(row.finished_at);
  auto failed = database->read_now([&](db::Reader& r) { return failed_deliveries(r, row.id, 10); });
  ASSERT_EQ(failed.size(), 1u);
  EXPECT_EQ(failed[0].inbox, "https://b.test/inbox");
  EXPECT_EQ(failed[0].error, "answered with 404");

  auto last = waiting("c.test");
  write([&](db::Writer& w) { finish_deliveries(w, last); });
  write([&](db::Writer& w) { finish_deliveries(w, last); });  // twice counts once
  row = of(post);
  EXPECT_EQ(std::tuple(row.waiting, row.delivered, row.body), std::tuple(0, 2, ""));
  EXPECT_TRUE(row.finished_at);
  write([&](db::Writer& w) { forget_outgoing(w, w.now() + Milliseconds(1)); });
  EXPECT_TRUE(database->read_now([&](db::Reader& r) { return outgoing_of(r, post, 1).empty(); }));
}

TEST_P(Outbox, WaitsNoLongerWhenTheClockWasSetBack) {
  constexpr Milliseconds day = std::chrono::hours(24), rest = std::chrono::hours(1);
  auto post = [&](std::string const& inbox) {
    write([&](db::Writer& w) { send_to(w, 1, "{}", {.inboxes = {inbox}}, PostId{5}); });
  };
  for (auto inbox : {"https://a.test/inbox", "https://b.test/inbox"}) post(inbox);
  EXPECT_THAT(taken(), SizeIs(2));
  for (auto host : {"a.test", "b.test"}) {
    auto peer = database->read_now([&](db::Reader& r) { return find_peer(r, host).value(); });
    peer.failed_since = clock.now();
    peer.retry_at = clock.now() + rest;
    if (peer.host == "b.test") write([&](db::Writer& w) { finish_deliveries(w, waiting("b.test")); });
    write([&](db::Writer& w) { put_peer_back(w, peer); });
  }
  clock.advance(-day);
  write([&](db::Writer& w) { bring_peers_forward(w, day); });
  post("https://b.test/inbox");  // whose rest was written down without anything that waits
  EXPECT_THAT(taken(), IsEmpty());
  clock.advance(rest);
  EXPECT_THAT(taken(), UnorderedElementsAre("a.test", "b.test"));
}

TEST_P(Outbox, ForgetsServersThatNothingIsSentTo) {
  constexpr Milliseconds kept = std::chrono::hours(24);
  auto known = [&](std::string const& host) {
    return database->read_now([&](db::Reader& r) { return find_peer(r, host).has_value(); });
  };
  auto put_back = [&](std::vector<std::string> const& hosts, bool is_done) {
    for (auto& peer : take()) {
      if (std::ranges::find(hosts, peer.host) == hosts.end()) continue;
      if (peer.host == "ill.test") peer.failed_since = clock.now();
      write([&](db::Writer& w) {
        if (is_done) finish_deliveries(w, waiting_for(w, peer.host, 10));
        put_peer_back(w, peer);
      });
    }
  };
  sends({"idle.test", "idle2.test", "ill.test"});
  put_back({"idle.test", "idle2.test", "ill.test"}, true);
  sends({"waits.test", "taken.test"});
  put_back({"waits.test"}, false);
  clock.advance(kept);
  sends({"used.test"});
  for (auto const& peer : take())
    if (peer.host == "used.test")
      write([&](db::Writer& w) {
        finish_deliveries(w, waiting_for(w, peer.host, 10));
        put_peer_back(w, peer);
      });
  auto forget = [&](int limit) {
    return database->write_now([&](db::Writer& w) { return forget_idle_peers(w, w.now() - kept / 2, limit); });
  };
  EXPECT_EQ(forget(1), 1) << "in slices";
  EXPECT_EQ(forget(10), 1);
  EXPECT_EQ(forget(10), 0);
  for (auto host : {"idle.test", "idle2.test"}) EXPECT_FALSE(known(host)) << host;
  for (auto host : {"ill.test", "waits.test", "taken.test", "used.test"}) EXPECT_TRUE(known(host)) << host;
}

TEST_P(Outbox, SendsNothingToNobody) {
  write([](db::Writer& w) { send_to(w, 1, "{}", {.followers = true, .inboxes = {"nonsense"}}, PostId{5}); });
  EXPECT_TRUE(database->read_now([](db::Reader& r) { return outgoing_of(r, PostId{5}, 1).empty(); }));
  EXPECT_THAT(taken(), IsEmpty());
}

}  // namespace
}  // namespace posy::store
