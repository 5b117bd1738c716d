#include "http/resolver.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>

#include "http/test_sender.hpp"

namespace posy::http::testing {
namespace {

using std::chrono::milliseconds;

Addresses addresses(std::vector<std::string> list) {
  Addresses all;
  for (auto const& each : list) all.push_back(parse_address(each).value());
  return all;
}

struct Asker {
  explicit Asker(LookUp look_up)
      : resolver(std::make_shared<Resolver>(context.get_executor(), std::move(look_up))) {}

  Task<> ask(std::string host, milliseconds patience) {
    auto answer = co_await resolver->find(host, std::chrono::steady_clock::now() + patience);
    answers.push_back(answer ? answer->front().to_string() : std::string(name_of(answer.error().failure)));
  }
  void start(std::string host, milliseconds patience = std::chrono::seconds(10)) {
    boost::asio::co_spawn(context, ask(std::move(host), patience), boost::asio::detached);
  }
  std::string find(std::string host) {
    start(std::move(host));
    run();
    return answers.back();
  }
  void run() {
    context.restart();
    context.run();
  }
  // While lookups are held up, until so many have an answer.
  void run_until(std::size_t count) {
    for (int i = 0; i < 1000 && answers.size() < count; ++i) context.run_for(milliseconds(20));
  }

  boost::asio::io_context context{1};
  std::vector<std::string> answers;
  std::shared_ptr<Resolver> resolver;
};

TEST(Resolver, RemembersWhatItWasTold) {
  std::atomic<int> lookups = 0;
  Asker asker([&](std::string const& host) -> std::optional<Addresses> {
    ++lookups;
    if (host == "broken.test") return {};
    return host == "a.test" ? addresses({"192.0.2.1", "192.0.2.2"}) : Addresses{};
  });
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(asker.find("a.test"), "192.0.2.1");
    EXPECT_EQ(asker.find("b.test"), "no_such_host");
    EXPECT_EQ(asker.find("broken.test"), "cannot_look_up");
  }
  EXPECT_EQ(lookups, 3);
  asker.resolver->forget("a.test");
  EXPECT_EQ(asker.find("a.test"), "192.0.2.1");
  EXPECT_EQ(lookups, 4);
}

TEST(Resolver, LooksUpOnceForAllWhoWait) {
  std::atomic<int> lookups = 0;
  std::latch go(1);
  Asker asker([&](std::string const&) {
    ++lookups;
    go.wait();
    return addresses({"192.0.2.1"});
  });
  for (int i = 0; i < 5; ++i) asker.start("a.test");
  asker.start("a.test", milliseconds(1));
  asker.run_until(1);
  EXPECT_EQ(asker.answers, std::vector<std::string>{"timed_out"});
  go.count_down();
  asker.run();
  EXPECT_EQ(lookups, 1);
  EXPECT_EQ(asker.answers.size(), 6u);
  EXPECT_EQ(asker.answers.back(), "192.0.2.1");
}

TEST(Resolver, HasABoundOnWhatWaits) {
  std::latch go(1);
  Asker asker([&](std::string const&) {
    go.wait();
    return addresses({"192.0.2.1"});
  });
  for (int i = 0; i < 10'000; ++i) asker.start("host-" + std::to_string(i) + ".test", std::chrono::minutes(5));
  asker.run_until(500);
  ASSERT_GE(asker.answers.size(), 500u);
  EXPECT_EQ(asker.answers.front(), "too_much_to_do");
  go.count_down();
  asker.run();
  EXPECT_EQ(asker.answers.size(), 10'000u);
  EXPECT_EQ(asker.answers.back(), "192.0.2.1");
}

TEST(Resolver, EndsWhoWaitsWhenItStops) {
  std::latch go(1);
  Asker asker([&](std::string const&) {
    go.wait();
    return addresses({"192.0.2.1"});
  });
  asker.start("a.test");
  asker.context.run_for(milliseconds(20));
  asker.resolver->stop();
  asker.run();
  EXPECT_EQ(asker.answers, std::vector<std::string>{"stopped"});
  EXPECT_EQ(asker.find("b.test"), "stopped");
  go.count_down();
}

TEST(Resolver, AsksTheSystem) {
  auto local = look_up_by_system("localhost");
  ASSERT_TRUE(local);
  ASSERT_FALSE(local->empty());
  EXPECT_TRUE(local->front().is_loopback());
}

}  // namespace
}  // namespace posy::http::testing
