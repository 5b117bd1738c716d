// The client with servers that mean well, and its ways: keeping connections, asking once more, stopping.
#include "http/client.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <latch>

#include "http/test_scripted_server.hpp"
#include "http/test_sender.hpp"
#include "http/test_server.hpp"

namespace posy::http::testing {
namespace {

using std::chrono::milliseconds;

Response show(Request const& request) {
  auto header = [&](std::string_view name) { return request.headers.find(name).value_or("-"); };
  return text(fmt::format("{} {} host={} agent={} encoding={} accept={} length={} body={}",
                          to_string(request.method), request.target, header("Host"), header("User-Agent"),
                          header("Accept-Encoding"), header("Accept"), header("Content-Length"),
                          request.body));
}

struct ClientTest : ::testing::Test {
  ClientTest() {
    site.on(Method::get, "/show", show);
    site.on(Method::post, "/show", show);
    site.on(Method::get, "/nothing", [](Request const&) { return empty(204); });
    site.start();
  }
  std::string url(std::string_view path) const {
    return fmt::format("http://a.test:{}{}", site.port(), path);
  }

  TestServer site;
  Sender sender;
};

TEST_F(ClientTest, Gets) {
  Outgoing outgoing{.url = url("/show?a=b#c"),
                    .headers = {{"Accept", "application/json"}, {"Host", "evil.test"}}};
  auto answer = sender.send(outgoing).value();
  EXPECT_EQ(answer.status, 200u);
  EXPECT_EQ(answer.body, fmt::format("GET /show?a=b host=a.test:{} agent=Posy encoding=identity "
                                     "accept=application/json length=- body=",
                                     site.port()));
  EXPECT_EQ(answer.headers.find("content-type"), "text/plain; charset=utf-8");
  EXPECT_EQ(answer.final_url, url("/show?a=b"));
}

TEST_F(ClientTest, HandsOutABodyAsItComes) {
  std::string taken;
  Outgoing outgoing{.url = url("/show")};
  outgoing.take_body = [&](std::string_view bytes) {
    taken += bytes;
    return true;
  };
  auto answer = sender.send(outgoing).value();
  EXPECT_EQ(answer.body, "");
  EXPECT_THAT(taken, ::testing::StartsWith("GET /show"));
  outgoing.take_body = [](std::string_view) { return false; };
  EXPECT_EQ(sender.send(outgoing).error().failure, Failure::stopped);
  // Only what was asked for is handed out.
  taken.clear();
  Outgoing missing{.url = url("/not-there"), .take_body = [&](std::string_view bytes) {
                     taken += bytes;
                     return true;
                   }};
  EXPECT_EQ(sender.send(missing).value().status, 404u);
  EXPECT_EQ(taken, "");
}

TEST_F(ClientTest, Posts) {
  Outgoing outgoing{
      .method = Method::post,
      .url = url("/show"),
      .headers = {{"User-Agent", "Other"}, {"Content-Length", "1"}, {"accept-encoding", "gzip"}},
      .body = "hello"};
  auto answer = sender.send(outgoing).value();
  EXPECT_EQ(answer.body,
            fmt::format("POST /show host=a.test:{} agent=Other encoding=identity accept=- length=5 "
                        "body=hello",
                        site.port()));
  EXPECT_NE(sender.post(url("/show"), "").value().body.find("length=0"), std::string::npos);
}

TEST_F(ClientTest, GivesAnyStatusAsAnAnswer) {
  EXPECT_EQ(sender.get(url("/missing")).value().status, 404u);
  auto none = sender.get(url("/nothing")).value();
  EXPECT_EQ(none.status, 204u);
  EXPECT_EQ(none.body, "");
  auto head = sender.send({.method = Method::head, .url = url("/show")}).value();
  EXPECT_EQ(head.status, 200u);
  EXPECT_EQ(head.body, "");
  EXPECT_TRUE(head.headers.has("Content-Length"));
}

TEST_F(ClientTest, KeepsConnections) {
  for (int i = 0; i < 3; ++i) sender.get(url("/show")).value();
  sender.get(url("/nothing")).value();
  sender.send({.method = Method::head, .url = url("/show")}).value();
  auto counts = sender.client->counts();
  EXPECT_EQ(counts.opened, 1u);
  EXPECT_EQ(counts.reused, 4u);
  EXPECT_EQ(counts.idle, 1u);
  EXPECT_EQ(counts.exchanges, 0u);
  sender.get(fmt::format("http://b.test:{}/show", site.port())).value();
  EXPECT_EQ(sender.client->counts().opened, 2u) << "another name may be another server";
}

TEST_F(ClientTest, KeepsAFewConnectionsOfAHostAndSomeInAll) {
  auto options = closed_network();
  options.idle_per_host_max = 2;
  options.idle_max = 5;
  Sender bounded(options);
  for (char name : std::string("abcdef")) {
    std::vector<Outgoing> all(4, Outgoing{.url = fmt::format("http://{}.test:{}/show", name, site.port())});
    for (auto& answer : bounded.send_all(all)) EXPECT_EQ(answer.value().status, 200u);
    EXPECT_LE(bounded.client->counts().idle, name == 'a' ? 2u : 5u);
  }
  EXPECT_EQ(bounded.client->counts().connections, 5u);
}

TEST_F(ClientTest, ClosesWhatNobodyUses) {
  auto options = closed_network();
  options.idle_time = milliseconds(60);
  Sender brief(options);
  brief.get(url("/show")).value();
  EXPECT_EQ(brief.client->counts().connections, 1u);
  brief.run_for(milliseconds(200));
  EXPECT_EQ(brief.client->counts().connections, 0u);
  options.idle_time = std::chrono::seconds(10);
  options.connection_age = milliseconds(1);
  Sender young(options);
  for (int i = 0; i < 2; ++i) {
    young.get(url("/show")).value();
    std::this_thread::sleep_for(milliseconds(5));
  }
  EXPECT_EQ(young.client->counts().opened, 2u);
}

TEST(ClientConnections, AreMadeAnewWhenTheServerHasClosedThem) {
  ScriptedServer server([](Peer& peer, int) {
    peer.read_request();
    peer.send(ok("once"));
  });
  Sender sender;
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(sender.get(server.url()).value().body, "once");
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_EQ(server.connections(), 3);
}

// The server closes just when the second request arrives: nobody could have known.
TEST(ClientConnections, AreMadeAnewWhenTheyEndBeforeAnAnswer) {
  for (bool with_reset : {false, true}) {
    ScriptedServer server([&](Peer& peer, int) {
      peer.read_request();
      peer.send(ok("once"));
      peer.read_request();
      if (with_reset) peer.reset();
    });
    Sender sender;
    EXPECT_EQ(sender.get(server.url()).value().body, "once");
    EXPECT_EQ(sender.post(server.url(), "again").value().body, "once");
    EXPECT_EQ(server.connections(), 2);
    EXPECT_EQ(sender.client->counts().reused, 1u);
  }
}

TEST(ClientConnections, AreNotMadeAnewForever) {
  ScriptedServer first_answers([](Peer& peer, int connection) {
    peer.read_request();
    if (connection == 1) peer.send(ok("once"));
    if (connection == 1) peer.read_request();
  });
  Sender sender;
  sender.get(first_answers.url()).value();
  EXPECT_EQ(failure(sender.get(first_answers.url())), Failure::disconnected);
  EXPECT_EQ(first_answers.connections(), 2);
  EXPECT_EQ(failure(sender.get(first_answers.url())), Failure::disconnected);
  EXPECT_EQ(first_answers.connections(), 3) << "a fresh connection is tried once";
}

TEST(ClientConnections, ThatBeganToAnswerAreNotMadeAnew) {
  ScriptedServer server([](Peer& peer, int) {
    peer.read_request();
    peer.send(ok("once"));
    peer.read_request();
    peer.send("HTTP/1.1 200");
  });
  Sender sender;
  sender.get(server.url()).value();
  EXPECT_EQ(failure(sender.get(server.url())), Failure::disconnected);
  EXPECT_EQ(server.connections(), 1);
}

TEST(ClientConnections, WithSomethingUnaskedInThemAreDropped) {
  ScriptedServer server([](Peer& peer, int) {
    while (!peer.read_request().empty()) peer.send(ok("mine") + ok("injected"));
  });
  Sender sender;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(sender.get(server.url()).value().body, "mine");
  EXPECT_EQ(server.connections(), 3);
}

TEST(ClientConnections, AreNotKeptAgainstTheServersWill) {
  for (std::string answer :
       {ok("x", "Connection: close\r\n"), std::string("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx")}) {
    ScriptedServer server(always(answer));
    Sender sender;
    for (int i = 0; i < 2; ++i) EXPECT_EQ(sender.get(server.url()).value().body, "x");
    EXPECT_EQ(server.connections(), 2);
    EXPECT_EQ(sender.client->counts().connections, 0u);
  }
}

TEST(ClientResolution, GoesThroughTheAddressesInOrder) {
  ScriptedServer server(always(ok("here")));
  ClientOptions options = closed_network();
  options.resolve.clear();
  options.allowed = networks({"127.0.0.1"});
  options.look_up = [](std::string const&) {
    // The first is private; nobody would listen at an IPv6 loopback, were it allowed.
    return Addresses{*parse_address("10.0.0.1"), *parse_address("::1"), *parse_address("127.0.0.1")};
  };
  Sender sender(options);
  EXPECT_EQ(sender.get(server.url()).value().body, "here");
}

TEST(ClientResolution, TellsWhatWentWrong) {
  ClientOptions options = closed_network();
  options.resolve.clear();
  options.connect_timeout = milliseconds(100);
  std::latch go(1);
  options.look_up = [&](std::string const& host) -> std::optional<Addresses> {
    if (host == "slow.test") go.wait();
    if (host == "none.test") return Addresses{};
    if (host == "closed.test") return Addresses{*parse_address("127.0.0.1")};
    return {};
  };
  Sender sender(options);
  EXPECT_EQ(failure(sender.get("http://none.test/")), Failure::no_such_host);
  EXPECT_EQ(failure(sender.get("http://broken.test/")), Failure::cannot_look_up);
  EXPECT_EQ(failure(sender.get("http://slow.test/")), Failure::timed_out);
  EXPECT_EQ(failure(sender.get("http://closed.test:1/")), Failure::cannot_connect);
  EXPECT_EQ(failure(sender.get("http://user@closed.test/")), Failure::bad_url);
  EXPECT_EQ(failure(sender.get("nonsense")), Failure::bad_url);
  go.count_down();
}

TEST(ClientStop, EndsWhatIsUnderWay) {
  ScriptedServer silent([](Peer& peer, int) { peer.wait_for_end(); });
  std::latch go(1);
  ClientOptions options = closed_network();
  options.look_up = [&](std::string const&) -> std::optional<Addresses> {
    go.wait();
    return {};
  };
  Sender sender(options);
  std::vector<Outgoing> all(3, Outgoing{.url = silent.url()});
  all.push_back({.url = "http://waits-for-dns.example/"});
  boost::asio::steady_timer timer(sender.context, milliseconds(50));
  timer.async_wait([&](auto) { sender.client->stop(); });
  for (auto const& answer : sender.send_all(all)) EXPECT_EQ(failure(answer), Failure::stopped);
  EXPECT_EQ(failure(sender.get(silent.url())), Failure::stopped);
  EXPECT_EQ(sender.client->counts().connections, 0u);
  go.count_down();
}

TEST(ClientStop, HappensWithTheClientsEnd) {
  ScriptedServer silent([](Peer& peer, int) { peer.wait_for_end(); });
  Sender sender;
  boost::asio::steady_timer timer(sender.context, milliseconds(50));
  timer.async_wait([&](auto) { sender.client.reset(); });
  EXPECT_EQ(failure(sender.get(silent.url())), Failure::stopped);
}

// The loop ends with exchanges in it: their frames go with the context.
TEST(ClientStop, SurvivesTheLoopsEnd) {
  ScriptedServer silent([](Peer& peer, int) { peer.wait_for_end(); });
  Sender sender;
  boost::asio::co_spawn(sender.context, sender.client->send({.url = silent.url()}), boost::asio::detached);
  sender.run_for(milliseconds(50));
  EXPECT_EQ(sender.client->counts().connections, 1u);
}

Task<> ask_for_a_moment(http::Client& client, std::string url, std::size_t& ended) {
  using namespace boost::asio::experimental::awaitable_operators;
  Outgoing outgoing{.url = std::move(url)};
  Task<std::variant<SendResult<Incoming>, std::monostate>> race =
      client.send(std::move(outgoing)) || pause(milliseconds(50));
  auto first = co_await std::move(race);
  ended = first.index();
}

TEST(ClientStop, CanComeFromTheCaller) {
  ScriptedServer silent([](Peer& peer, int) { peer.wait_for_end(); });
  Sender sender;
  std::size_t ended = 7;
  boost::asio::co_spawn(sender.context, ask_for_a_moment(*sender.client, silent.url(), ended),
                        boost::asio::detached);
  sender.run_for(milliseconds(200));
  EXPECT_EQ(ended, 1u);
  EXPECT_EQ(sender.client->counts().connections, 0u);
}

TEST(ClientSettings, ThatMakeNoSenseAreRefused) {
  boost::asio::io_context context;
  ClientOptions options;
  options.ca_file = "/nowhere/ca.pem";
  EXPECT_THROW(http::Client(context.get_executor(), options), std::runtime_error);
  options.ca_file.clear();
  options.resolve = {{"a.test", "b.test"}};
  EXPECT_THROW(http::Client(context.get_executor(), options), std::runtime_error);
}

}  // namespace
}  // namespace posy::http::testing
