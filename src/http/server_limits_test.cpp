// What the front door does with clients that are slow, greedy or malicious, and how it closes.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "http/test_server.hpp"

namespace posy::http::testing {
namespace {

using std::chrono::milliseconds;
std::string const host = "Host: h\r\n";

struct Strict : TestServer {
  Strict() {
    options.limits.header_read = milliseconds(150);
    options.limits.idle = milliseconds(300);
    options.limits.body_read = milliseconds(150);
    options.limits.body_bytes_per_second = 1 << 20;
    options.limits.write_stall = milliseconds(300);
    on(Method::get, "/", [](Request const&) { return text("ok"); });
    on(Method::post, "/", [](Request const& request) { return text(std::to_string(request.body.size())); });
  }
};

// Whether the server ends the connection while this client goes on sending a byte now and then.
bool is_cut_while_trickling(RawSocket& socket, std::string_view bytes) {
  for (char c : bytes) {
    std::this_thread::sleep_for(milliseconds(10));
    if (!socket.send({&c, 1})) return true;
  }
  return false;
}

TEST(ServerLimits, SlowHeadersAreCut) {
  Strict site;
  site.start();
  RawSocket socket(site.port());
  EXPECT_TRUE(is_cut_while_trickling(socket, "GET / HTTP/1.1\r\n" + host + "X: " + std::string(500, 'x')));
}

TEST(ServerLimits, IdleConnectionsAreClosed) {
  Strict site;
  site.start();
  RawSocket silent(site.port());
  EXPECT_EQ(silent.receive_all(), "");
  RawSocket used(site.port());
  used.send("GET / HTTP/1.1\r\n" + host + "\r\n");
  EXPECT_EQ(receive_answer(used).status, 200u);
  EXPECT_EQ(used.receive_all(), "");
}

TEST(ServerLimits, SlowBodiesAreRefused) {
  Strict site;
  site.start();
  RawSocket socket(site.port());
  socket.send("POST / HTTP/1.1\r\n" + host + "Content-Length: 1000\r\n\r\nabc");
  EXPECT_EQ(receive_answer(socket).status, 408u);
}

TEST(ServerLimits, StalledReadersAreCut) {
  Strict site;
  auto big = std::make_shared<std::string const>(32 << 20, 'x');
  site.on(Method::get, "/big", [big](Request const&) { return shared(big, "text/plain"); });
  site.start();
  RawSocket socket(site.port(), 4096);
  socket.send("GET /big HTTP/1.1\r\n" + host + "\r\n");
  while (site.server->connection_count() == 0) std::this_thread::sleep_for(milliseconds(5));
  for (int i = 0; i < 1000 && site.server->connection_count() > 0; ++i)
    std::this_thread::sleep_for(milliseconds(10));
  EXPECT_EQ(site.server->connection_count(), 0u);
}

TEST(ServerLimits, OversizeIsRefusedBeforeItIsRead) {
  Strict site;
  site.start();
  auto status = [&](std::string const& request) {
    RawSocket socket(site.port());
    socket.send(request);
    return receive_answer(socket).status;
  };
  EXPECT_EQ(status("GET /" + std::string(9000, 'x') + " HTTP/1.1\r\n" + host + "\r\n"), 414u);
  EXPECT_EQ(status("GET / HTTP/1.1\r\n" + host + "X: " + std::string(300'000, 'x') + "\r\n\r\n"), 431u);
  EXPECT_EQ(status("POST / HTTP/1.1\r\n" + host + "Content-Length: 99999999\r\n\r\n"), 413u);
  EXPECT_EQ(status("POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n200000\r\n" +
                   std::string(0x200000, 'x')),
            413u);
  EXPECT_EQ(status("POST / HTTP/1.1\r\n" + host +
                   "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            400u);
}

TEST(ServerLimits, TooManyConnectionsAreTurnedAway) {
  Strict site;
  site.options.limits.connections_max = 2;
  site.options.limits.idle = milliseconds(10'000);
  site.start();
  Client first(site.port()), second(site.port()), third(site.port());
  EXPECT_EQ(first.get("/").status, 200u);
  EXPECT_EQ(second.get("/").status, 200u);
  RawSocket refused(site.port());
  EXPECT_TRUE(refused.receive_all().starts_with("HTTP/1.1 503 "));
  EXPECT_EQ(first.get("/").status, 200u);
}

TEST(ServerLimits, WhenItIsCrowdedConnectionsCloseAfterTheirAnswer) {
  Strict site;
  site.options.limits.connections_max = 4;
  site.options.limits.idle = milliseconds(10'000);
  site.options.limits.idle_when_crowded = milliseconds(10'000);
  site.start();
  Client first(site.port()), second(site.port()), third(site.port());
  for (auto* one : {&first, &second, &third}) EXPECT_EQ(one->get("/").header("Connection"), "");
  RawSocket fourth(site.port());
  fourth.send("GET / HTTP/1.1\r\n" + host + "\r\n");
  Answer answer = receive_answer(fourth);
  EXPECT_EQ(answer.status, 200u);
  EXPECT_EQ(answer.header("Connection"), "close");
}

TEST(ServerLimits, WhenItIsCrowdedWhoAsksForNothingIsCut) {
  Strict site;
  site.options.limits.connections_max = 4;
  site.options.limits.idle = milliseconds(60'000);
  site.options.limits.idle_when_crowded = milliseconds(50);
  site.start();
  RawSocket silent(site.port()), too(site.port()), three(site.port()), four(site.port());
  EXPECT_EQ(silent.receive_all(), "") << "long before the idle time";
  EXPECT_EQ(Client(site.port()).get("/").status, 200u);
}

TEST(ServerLimits, OneAddressHasSoManyConnections) {
  Strict site;
  site.options.limits.connections_per_address_max = 2;
  site.options.limits.idle = milliseconds(10'000);
  site.options.trusted_proxies = {};
  site.start();
  {
    Client first(site.port()), second(site.port());
    EXPECT_EQ(first.get("/").status, 200u);
    EXPECT_EQ(second.get("/").status, 200u);
    RawSocket third(site.port());
    EXPECT_TRUE(third.receive_all().starts_with("HTTP/1.1 503 "));
    EXPECT_EQ(first.get("/").status, 200u);
  }
  while (site.server->connection_count() > 0) std::this_thread::yield();
  EXPECT_EQ(Client(site.port()).get("/").status, 200u);
}

TEST(ServerLimits, WithoutDescriptorsItRefusesAndGoesOn) {
  Strict site;
  site.options.limits.idle = milliseconds(10'000);
  site.start();
  Client before(site.port());
  EXPECT_EQ(before.get("/").status, 200u);
  int lowest_free = ::dup(0);
  ::close(lowest_free);
  rlimit files{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &files), 0);
  rlimit few{static_cast<rlim_t>(lowest_free) + 1, files.rlim_max};  // one is left, for our end
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  for (int i = 0; i < 3; ++i) {
    RawSocket refused(site.port());
    EXPECT_TRUE(refused.receive_all().starts_with("HTTP/1.1 503 "));
    EXPECT_EQ(before.get("/").status, 200u) << "the others do not notice";
  }
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &files), 0);
  EXPECT_EQ(Client(site.port()).get("/").status, 200u);
}

TEST(ServerLimits, AConnectionServesSoManyRequests) {
  Strict site;
  site.options.limits.requests_per_connection = 3;
  site.start();
  Client client(site.port());
  for (int i = 0; i < 7; ++i) EXPECT_EQ(client.get("/").status, 200u);
  EXPECT_EQ(client.connections_made(), 3);
}

Task<std::optional<Response>> refuse_all(Request&) {
  co_return error(401, "The access token is invalid");
}
Task<std::optional<Response>> admit_all(Request&) {
  co_return std::nullopt;
}

TEST(ServerLimits, BodiesShareTheMemoryThereIs) {
  Strict site;
  site.options.limits.body_read = milliseconds(10'000);
  site.options.limits.body_bytes_in_all = 100'000;
  site.start();
  std::string const small(60'000, 'x');
  {
    RawSocket holding(site.port());
    holding.send("POST / HTTP/1.1\r\n" + host + "Content-Length: 70000\r\n\r\n" + std::string(69'000, 'x'));
    Client client(site.port());
    while (client.post("/", small, "text/plain").status != 503u) std::this_thread::sleep_for(milliseconds(5));
    EXPECT_EQ(client.post("/", "small", "text/plain").status, 200u);
  }
  Client client(site.port());
  while (client.post("/", small, "text/plain").status != 200u) std::this_thread::sleep_for(milliseconds(5));
}

TEST(Admission, IsAskedBeforeTheBodyIsRead) {
  Strict site;
  std::atomic<int> handled = 0;
  auto handler = at_once([&](Request const&) { return ++handled, text("ok"); });
  site.router.add({.method = Method::post, .pattern = "/closed", .handler = handler, .admit = refuse_all});
  site.router.add({.method = Method::post, .pattern = "/open", .handler = handler, .admit = admit_all});
  site.start();

  RawSocket waiting(site.port());
  waiting.send("POST /closed HTTP/1.1\r\n" + host + "Content-Length: 1000000\r\n\r\n");
  EXPECT_EQ(receive_answer(waiting).status, 401u);
  RawSocket polite(site.port());
  polite.send("POST /closed HTTP/1.1\r\n" + host + "Expect: 100-continue\r\nContent-Length: 10\r\n\r\n");
  EXPECT_EQ(receive_answer(polite).status, 401u);
  EXPECT_EQ(polite.receive_all(), "");
  polite.close();

  Client client(site.port());
  EXPECT_EQ(client.post("/closed", "small", "text/plain").status, 401u);
  EXPECT_EQ(client.post("/closed", std::string(900'000, 'x'), "text/plain").status, 401u);
  EXPECT_EQ(handled, 0);
  EXPECT_EQ(client.post("/open", "small", "text/plain").status, 200u);
}

TEST(Admission, ContinueIsSaidOnceTheBodyIsWanted) {
  Strict site;
  site.start();
  RawSocket socket(site.port());
  socket.send("POST / HTTP/1.1\r\n" + host + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(socket.receive_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  socket.send("abc");
  EXPECT_EQ(receive_answer(socket).body, "3");
}

TEST(ServerStop, LetsRunningRequestsEndAndClosesIdleOnes) {
  Strict site;
  site.options.limits.idle = milliseconds(10'000);
  std::atomic<bool> begun = false;
  site.router.add({.pattern = "/slow", .handler = [&begun](Request&) {
                     begun = true;
                     return []() -> Task<Response> {
                       co_await pause(milliseconds(200));
                       co_return text("done");
                     }();
                   }});
  site.start();
  Client idle(site.port());
  EXPECT_EQ(idle.get("/").status, 200u);
  RawSocket running(site.port());
  running.send("GET /slow HTTP/1.1\r\n" + host + "\r\n");
  while (!begun) std::this_thread::yield();
  site.server->stop();
  Answer answer = receive_answer(running);
  EXPECT_EQ(answer.body, "done");
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_EQ(site.server->connection_count(), 0u);
  EXPECT_THROW(RawSocket(site.port()), std::runtime_error);
}

TEST(ServerStop, InsistsAfterTheGraceTime) {
  Strict site;
  site.options.limits.stop_grace = milliseconds(50);
  std::atomic<bool> begun = false;
  site.router.add({.pattern = "/endless", .handler = [&begun](Request&) {
                     begun = true;
                     return []() -> Task<Response> {
                       co_await pause(std::chrono::hours(1));
                       co_return text("never");
                     }();
                   }});
  site.start();
  RawSocket socket(site.port());
  socket.send("GET /endless HTTP/1.1\r\n" + host + "\r\n");
  while (!begun) std::this_thread::yield();
  site.server->stop();
  EXPECT_EQ(site.server->connection_count(), 0u);
  EXPECT_EQ(socket.receive_all(), "");
}

TEST(ServerStop, WorksBeforeStartAndTwice) {
  Strict site;
  Server server(site.options, site.router);
  server.stop();
  server.stop();
  site.start();
  site.server->stop();
  site.server->stop();
}

}  // namespace
}  // namespace posy::http::testing
