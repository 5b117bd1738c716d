// The queue and its rules in virtual time: hundreds of servers that fail, stall, refuse and come back, a process that
// is killed now and then, and a seed. What is promised: nothing is lost, each server has its deliveries in order, and
// whoever answers again has all of them soon.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "db/test_database.hpp"
#include "federation/delivery/judge.hpp"
#include "store/migrations.hpp"

namespace posy::federation {
namespace {

using store::Delivery;
using store::Peer;

constexpr int hosts = 300;
constexpr int activities = 40;
constexpr Milliseconds step = std::chrono::seconds(1);
constexpr Milliseconds lease = std::chrono::minutes(10);
constexpr int steps_max = 3 * 3600;

class VirtualClock final : public Clock {
 public:
  Time now() const override { return from_milliseconds(now_.load()); }
  void advance(Milliseconds by) { now_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_{1'800'000'000'000};
};

enum class Manner { healthy, flapping, stalls, down_for_an_hour, refuses, gone, dead, disbelieves };

struct Server {
  Manner manner = Manner::healthy;
  int asked = 0;
  std::vector<RowId> got{};  // each once, as it came first
};

struct Simulation {
  explicit Simulation(unsigned seed) : random(seed) {
    for (int i = 0; i < hosts; ++i) servers[name(i)].manner = static_cast<Manner>(i % 10 < 4 ? 0 : i % 8);
  }
  static std::string name(int i) { return fmt::format("s{}.test", i); }
  bool chance(double share) { return std::uniform_real_distribution<>(0, 1)(random) < share; }

  void publish(int number) {
    store::Recipients recipients;
    for (int i = 0; i < hosts; ++i)
      if (number % 3 > 0 || i == number) recipients.inboxes.push_back(fmt::format("https://{}/inbox", name(i)));
    database->write_now([&](db::Writer& w) { store::send_to(w, 1, "{}", recipients, PostId{number + 1}); });
  }

  http::SendResult<http::Incoming> answer(Server& server, RowId outgoing) {
    ++server.asked;
    http::Incoming out;
    out.status = 202;
    auto later = [&](unsigned status) { out.status = status; };
    switch (server.manner) {
      case Manner::healthy: break;
      case Manner::flapping:
        if (server.asked % 3 > 0) later(server.asked % 2 ? 503 : 429);
        break;
      case Manner::stalls:
        if (chance(0.3)) return http::send_error(http::Failure::timed_out);
        break;
      case Manner::down_for_an_hour:
        if (clock.now() - began < std::chrono::hours(1)) return http::send_error(http::Failure::cannot_connect);
        break;
      case Manner::refuses: later(404); break;
      case Manner::disbelieves: later(outgoing.value % 2 ? 401 : 403); break;
      case Manner::gone: later(410); break;
      case Manner::dead: return http::send_error(http::Failure::no_such_host);
    }
    if (out.status == 202 && std::ranges::find(server.got, outgoing) == server.got.end()) server.got.push_back(outgoing);
    return out;
  }

  // What the engine does with one server, without its network; `dies`: before it is written down.
  void work_off(Peer peer, bool dies) {
    auto waiting = database->read_now([&](db::Reader& r) { return store::waiting_for(r, peer.host, 8); });
    std::vector<Delivery> delivered;
    std::vector<store::GivenUp> given_up;
    std::vector<std::string> retired;
    for (auto const& delivery : waiting) {
      auto const failing_for = peer.failed_since ? clock.now() - *peer.failed_since : Milliseconds{0};
      auto judgement = judge(answer(servers.at(peer.host), delivery.outgoing), failing_for);
      learn(peer, judgement, clock.now(), std::uniform_real_distribution<>(0, 1)(random));
      if (judgement.verdict == Verdict::later) break;
      if (judgement.verdict == Verdict::delivered) delivered.push_back(delivery);
      else given_up.push_back({delivery, judgement.error});
      if (judgement.verdict == Verdict::refused) break;
      if (judgement.verdict == Verdict::gone) retired.push_back(delivery.inbox);
    }
    if (dies) return;
    database->write_now([&](db::Writer& w) {
      store::finish_deliveries(w, delivered);
      store::give_up_deliveries(w, given_up);
      for (auto const& inbox : retired) store::retire_inbox(w, inbox);
      store::put_peer_back(w, peer);
    });
  }

  void run() {
    for (int number = 0, second = 0; second < steps_max; ++second) {
      if (number < activities && second % 7 == 0) publish(number++);
      bool const dies = second % 97 == 96;
      auto peers = database->write_now([&](db::Writer& w) { return store::take_peers(w, 120, lease); });
      for (auto& peer : peers) work_off(std::move(peer), dies && chance(0.5));
      if (dies) database->write_now([](db::Writer& w) { store::release_peers(w); });
      clock.advance(step);
      bool const is_quiet = peers.empty() && number == activities && second > 2 * 3600;
      if (is_quiet) return;
    }
  }

  std::mt19937 random;
  VirtualClock clock;
  Time const began = clock.now();
  std::map<std::string, Server> servers;
  db::TestDatabase database{db::Engine::sqlite, store::migrations(), &clock};
};

TEST(Simulation, LosesNothingAndKeepsTheOrder) {
  for (unsigned seed : {1u, 2u, 3u}) {
    Simulation simulation(seed);
    simulation.run();
    std::map<int, std::size_t> expected;
    for (int number = 0; number < activities; ++number)
      for (int i = 0; i < hosts; ++i) expected[i] += number % 3 > 0 || i == number ? 1 : 0;
    for (int i = 0; i < hosts; ++i) {
      auto const& server = simulation.servers.at(Simulation::name(i));
      auto waiting = simulation.database->read_now(
          [&](db::Reader& r) { return store::waiting_for(r, Simulation::name(i), 1000).size(); });
      EXPECT_TRUE(std::ranges::is_sorted(server.got)) << Simulation::name(i);
      bool const is_reachable = server.manner <= Manner::down_for_an_hour;
      EXPECT_EQ(server.got.size(), is_reachable ? expected[i] : 0u) << Simulation::name(i);
      bool const is_away = server.manner >= Manner::dead;
      EXPECT_EQ(waiting, is_away ? expected[i] : 0u) << Simulation::name(i);
      if (is_away) EXPECT_LT(server.asked, 20) << "it is left alone";
    }
    for (int number = 0; number < activities; ++number) {
      auto rows = simulation.database->read_now(
          [&](db::Reader& r) { return store::outgoing_of(r, PostId{number + 1}, 2); });
      ASSERT_EQ(rows.size(), 1u);
      auto const& row = rows.front();
      std::size_t const sent = number % 3 > 0 ? hosts : 1;
      EXPECT_EQ(static_cast<std::size_t>(row.waiting + row.delivered + row.failed), sent);
    }
  }
}

}  // namespace
}  // namespace posy::federation
