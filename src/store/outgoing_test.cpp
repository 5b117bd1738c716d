#include "store/outgoing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/test_database.hpp"
#include "store/migrations.hpp"

namespace posy::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

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
  void sends(std::vector<std::string> const& hosts, PostId post = {}) {
    std::vector<Address> addresses;
    for (auto const& host : hosts) addresses.push_back({host, "https://" + host + "/inbox"});
    database->write_now([&](db::Writer& w) { send_to(w, 1, "{}", addresses, post); });
  }
  std::vector<Peer> take(int limit = 10) {
    return database->write_now([&](db::Writer& w) { return take_peers(w, limit, lease); });
  }
  std::vector<std::string> taken(int limit = 10) {
    std::vector<std::string> out;
    for (auto const& peer : take(limit)) out.push_back(peer.host);
    std::ranges::sort(out);
    return out;
  }
  std::vector<Delivery> due(std::string const& host) {
    return database->read_now([&](db::Reader& r) { return due_deliveries(r, host, 10); });
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
  EXPECT_THAT(taken(1), ::testing::SizeIs(1));
  EXPECT_THAT(taken(), ::testing::SizeIs(1));
  EXPECT_THAT(taken(), IsEmpty());
  EXPECT_THAT(due("a.test"), ::testing::SizeIs(2));
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
  write([&](db::Writer& w) { finish_delivery(w, due("a.test").at(0)); });
  sends({"a.test"});
  EXPECT_THAT(taken(), IsEmpty()) << "it is being worked on";
  write([&](db::Writer& w) { put_peer_back(w, peer); });
  EXPECT_THAT(taken(), ElementsAre("a.test"));
  write([&](db::Writer& w) { finish_delivery(w, due("a.test").at(0)); });
  write([&](db::Writer& w) { put_peer_back(w, peer); });
  EXPECT_THAT(taken(), IsEmpty());
}

TEST_P(Outbox, LeavesServersAloneThatRest) {
  sends({"a.test"});
  auto peer = take().at(0);
  peer.failures = 5;
  peer.retry_at = clock.now() + std::chrono::hours(1);
  write([&](db::Writer& w) { put_peer_back(w, peer); });
  sends({"a.test"});
  EXPECT_THAT(taken(), IsEmpty());
  clock.advance(std::chrono::hours(1));
  EXPECT_EQ(take().at(0).failures, 5);
}

TEST_P(Outbox, TellsWhatBecameOfAPost) {
  PostId post{77};
  sends({"a.test", "b.test", "c.test"}, post);
  write([&](db::Writer& w) {
    finish_delivery(w, due("a.test").at(0));
    give_up_delivery(w, due("b.test").at(0), "answered with 404");
  });
  auto row = of(post);
  EXPECT_EQ(std::tuple(row.waiting, row.delivered, row.failed), std::tuple(1, 1, 1));
  EXPECT_FALSE(row.finished_at);
  auto failed = database->read_now([&](db::Reader& r) { return failed_deliveries(r, row.id, 10); });
  ASSERT_EQ(failed.size(), 1u);
  EXPECT_EQ(failed[0].inbox, "https://b.test/inbox");
  EXPECT_EQ(failed[0].error, "answered with 404");

  auto last = due("c.test").at(0);
  write([&](db::Writer& w) { finish_delivery(w, last); });
  write([&](db::Writer& w) { finish_delivery(w, last); });  // twice counts once
  row = of(post);
  EXPECT_EQ(std::tuple(row.waiting, row.delivered, row.body), std::tuple(0, 2, ""));
  EXPECT_TRUE(row.finished_at);
  write([&](db::Writer& w) { forget_outgoing(w, w.now() + Milliseconds(1)); });
  EXPECT_TRUE(database->read_now([&](db::Reader& r) { return outgoing_of(r, post, 1).empty(); }));
}

TEST_P(Outbox, PutsADeliveryOffWithoutTheOthers) {
  sends({"a.test"});
  sends({"a.test"});
  auto peer = take().at(0);
  auto first = due("a.test").at(0);
  write([&](db::Writer& w) { put_delivery_back(w, first, w.now() + std::chrono::minutes(1), "busy"); });
  EXPECT_EQ(due("a.test").size(), 1u);
  write([&](db::Writer& w) { put_peer_back(w, peer); });
  clock.advance(std::chrono::minutes(1));
  EXPECT_EQ(due("a.test").size(), 2u);
}

}  // namespace
}  // namespace posy::store
