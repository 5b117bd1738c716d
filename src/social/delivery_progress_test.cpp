#include "social/delivery_progress.hpp"

#include <gmock/gmock.h>

#include "social/live.hpp"
#include "social/remove.hpp"
#include "social/test_world.hpp"
#include "store/audience.hpp"

namespace posy::social::testing {
namespace {

using store::SentKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Progress : public Rules {
 protected:
  void sends(Post const& post, std::vector<std::string> const& hosts, SentKind kind) {
    store::Recipients recipients;
    for (auto const& host : hosts) recipients.inboxes.push_back("https://" + host + "/inbox");
    world.write([&](db::Writer& w) {
      store::send_to(w, anna.id.value, "{}", recipients, post.id);
      store::name_sent(w, post.id, kind);
    });
  }
  DeliveryProgress progress(PostId post) {
    return world.read([&](db::Reader& r) { return find_progress(r, anna.id, post).value(); });
  }
  store::Delivery due(std::string const& host) {
    return world.read([&](db::Reader& r) { return store::waiting_for(r, host, 1).at(0); });
  }

  Person anna = world.local("anna");
};
INSTANTIATE_TEST_SUITE_P(Engines, Progress, ::testing::ValuesIn(db::engines()),
                         db::engine_name<::testing::TestParamInfo<db::Engine>>);

TEST_P(Progress, GoesFromWaitingToDone) {
  auto post = anna.posts("hello");
  sends(post, {"a.test", "b.test", "c.test"}, SentKind::post);
  auto before = progress(post.id).sent.at(0);
  EXPECT_EQ(before.servers(), 3);
  EXPECT_EQ(before.waiting, 3);
  EXPECT_EQ(before.kind, SentKind::post);
  EXPECT_FALSE(before.finished_at);
  world.write([&](db::Writer& w) {
    store::finish_deliveries(w, {due("a.test")});
    store::give_up_deliveries(w, {{due("b.test"), "answered with 404"}});
  });
  auto half = progress(post.id);
  EXPECT_EQ(half.sent.at(0).delivered, 1);
  EXPECT_EQ(half.sent.at(0).failed, 1);
  EXPECT_EQ(half.sent.at(0).waiting, 1);
  EXPECT_TRUE(half.next_try);
  world.write([&](db::Writer& w) { store::finish_deliveries(w, {due("c.test")}); });
  EXPECT_TRUE(progress(post.id).sent.at(0).finished_at);
  EXPECT_FALSE(progress(post.id).next_try);
}

TEST_P(Progress, TellsOfEachActivityTheNewestFirstAndAlsoOfADeletion) {
  auto post = anna.posts("hello");
  sends(post, {"a.test"}, SentKind::post);
  sends(post, {"a.test"}, SentKind::edit);
  world.write([&](db::Writer& w) { remove_post(w, anna.id, post.id, KeepMedia::no); });
  sends(post, {"a.test", "b.test"}, SentKind::deletion);
  auto all = progress(post.id).sent;
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].kind, SentKind::deletion);
  EXPECT_EQ(all[0].servers(), 2);
  EXPECT_EQ(all[1].kind, SentKind::edit);
  EXPECT_EQ(all[2].kind, SentKind::post);
}

TEST_P(Progress, IsOfNoInterestToAnybodyElse) {
  auto post = anna.posts("hello");
  auto eve = world.local("eve");
  auto ask = [&](AccountId who, PostId id) {
    return world.read([&](db::Reader& r) { return find_progress(r, who, id).has_value(); });
  };
  EXPECT_TRUE(ask(anna.id, post.id));
  EXPECT_FALSE(ask(eve.id, post.id));
  EXPECT_FALSE(ask({}, post.id));
  EXPECT_FALSE(ask(anna.id, PostId{12345}));
  world.write([&](db::Writer& w) { remove_post(w, anna.id, post.id, KeepMedia::no); });
  EXPECT_TRUE(ask(anna.id, post.id));
  EXPECT_FALSE(ask(eve.id, post.id));
}

TEST_P(Progress, PagesThroughTheHosts) {
  auto post = anna.posts("hello");
  sends(post, {"d.test", "b.test", "a.test", "c.test"}, SentKind::post);
  auto sent = progress(post.id).sent.at(0).id;
  auto page = [&](std::string const& after, int limit) {
    std::vector<std::string> out;
    world.read([&](db::Reader& r) {
      for (auto const& host : store::waiting_hosts(r, sent, store::host_of_inbox(after), after, limit))
        out.push_back(host.host);
      return 0;
    });
    return out;
  };
  EXPECT_THAT(page("", 3), ElementsAre("a.test", "b.test", "c.test"));
  EXPECT_THAT(page("https://c.test/inbox", 3), ElementsAre("d.test"));
  EXPECT_THAT(page("https://d.test/inbox", 3), IsEmpty());
  world.write([&](db::Writer& w) {
    for (auto host : {"a.test", "b.test"}) store::give_up_deliveries(w, {{due(host), "answered with 404"}});
  });
  auto failed = world.read([&](db::Reader& r) { return store::failed_after(r, sent, "https://a.test/inbox", 3); });
  ASSERT_EQ(failed.size(), 1u);
  EXPECT_EQ(store::host_of_inbox(failed[0].inbox), "b.test");
}

TEST_P(Progress, IsToldOnceABatchAndPost) {
  auto post = anna.posts("hello"), other = anna.posts("again");
  sends(post, {"a.test"}, SentKind::post);
  sends(other, {"a.test"}, SentKind::post);
  std::vector<std::int64_t> told;
  world.database->on_commit([&](std::span<db::Event const> events) {
    for (auto const& event : events)
      if (event.kind == static_cast<int>(Live::delivery_progress)) told.push_back(event.b);
  });
  auto one = progress(post.id).sent.at(0).id, two = progress(other.id).sent.at(0).id;
  world.write([&](db::Writer& w) { note_progress(w, {one, two, one}); });
  world.database->on_commit({});
  EXPECT_THAT(told, ::testing::UnorderedElementsAre(post.id.value, other.id.value));
}

TEST_P(Progress, CountsWhatWaitsForTheFigures) {
  sends(anna.posts("hello"), {"a.test", "b.test"}, SentKind::post);
  sends(anna.posts("again"), {"b.test", "c.test"}, SentKind::post);
  world.write([&](db::Writer& w) {
    w.run("update peer set retry_at = $1, failed_since = 1, failures = 4 where host = 'c.test'",
          w.now() + std::chrono::hours(1));
  });
  auto depth = world.read([](db::Reader& r) { return store::queue_depth(r); });
  EXPECT_EQ(depth.deliveries, 4);
  EXPECT_EQ(depth.hosts, 3);
  EXPECT_EQ(depth.resting, 1);
  auto failing = world.read([](db::Reader& r) { return store::failing_hosts(r, 10); });
  ASSERT_EQ(failing.size(), 1u);
  EXPECT_EQ(failing[0].host, "c.test");
  EXPECT_EQ(failing[0].waiting, 1);
}

TEST(Reasons, AreForPeople) {
  EXPECT_EQ(told_reason("answered with 503"), "It is overloaded or being mended (503)");
  EXPECT_EQ(told_reason("answered with 500"), "It has an error of its own (500)");
  EXPECT_EQ(told_reason("answered with 401"), "It does not believe the signature (401)");
  EXPECT_EQ(told_reason("answered with 418"), "It does not want this (418)");
  EXPECT_EQ(told_reason("answered with 99999999999"), "answered with 99999999999");
  EXPECT_EQ(told_reason("There is no such server"), "There is no such server");
}

}  // namespace
}  // namespace posy::social::testing
