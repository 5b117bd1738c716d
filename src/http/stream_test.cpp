// Event streams and WebSockets over real connections.
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <thread>

#include "http/test_server.hpp"

namespace posy::http::testing {
namespace {

namespace asio = boost::asio;
namespace ws = boost::beast::websocket;
using std::chrono::milliseconds;

void wait_for_none(TestServer& site) {
  for (int i = 0; i < 1000 && site.server->connection_count() > 0; ++i)
    std::this_thread::sleep_for(milliseconds(10));
}

RawSocket open_stream(TestServer& site) {
  RawSocket socket(site.port());
  socket.send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n");
  return socket;
}

Task<> two_events(EventSink& sink) {
  co_await sink.comment("hi");
  co_await sink.send("update", "one\ntwo");
  co_await sink.send("", "x");
}

TEST(EventStream, SendsEventsAndEndsWithTheHandler) {
  TestServer site;
  site.on(Method::get, "/events", [](Request const&) { return event_stream(two_events); });
  site.start();
  RawSocket socket = open_stream(site);
  std::string head = socket.receive_until("\r\n\r\n");
  EXPECT_NE(head.find("Content-Type: text/event-stream\r\n"), head.npos);
  EXPECT_EQ(socket.receive_all(), ":hi\n\nevent: update\ndata: one\ndata: two\n\ndata: x\n\n");
}

struct Ended {
  std::atomic<int>& count;
  ~Ended() { ++count; }
};

Task<> wait_long(EventSink& sink, std::atomic<int>& ended) {
  Ended at_the_end{ended};
  co_await sink.send("update", "begun");
  co_await pause(std::chrono::hours(1));
}

TEST(EventStream, CancelsTheHandlerWhenTheClientGoes) {
  TestServer site;
  std::atomic<int> ended = 0;
  site.on(Method::get, "/events", [&](Request const&) {
    return event_stream([&ended](EventSink& sink) { return wait_long(sink, ended); });
  });
  site.start();
  RawSocket closing = open_stream(site), resetting = open_stream(site), staying = open_stream(site);
  for (RawSocket* socket : {&closing, &resetting, &staying}) socket->receive_until("data: begun\n\n");
  closing.close();
  resetting.reset();
  while (site.server->connection_count() > 1) std::this_thread::sleep_for(milliseconds(5));
  EXPECT_EQ(ended, 2);
  site.server->stop();
  EXPECT_EQ(ended, 3);
  EXPECT_EQ(staying.receive_all(), "");
}

Task<> flood(EventSink& sink, std::atomic<bool>& refused) {
  std::string data(64 * 1024, 'x');
  while (sink.push("update", data)) co_await pause(milliseconds(0));
  refused = true;
}

TEST(EventStream, DisconnectsAReaderThatLetsTooMuchPileUp) {
  TestServer site;
  std::atomic<bool> refused = false;
  site.on(Method::get, "/events", [&](Request const&) {
    return event_stream([&refused](EventSink& sink) { return flood(sink, refused); });
  });
  site.start();
  RawSocket socket(site.port(), 4096);
  socket.send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n");
  while (site.server->connection_count() == 0) std::this_thread::sleep_for(milliseconds(5));
  wait_for_none(site);
  EXPECT_EQ(site.server->connection_count(), 0u);
}

Task<> echo(WebSocket& socket) {
  for (;;) {
    std::optional<std::string> text = co_await socket.read();
    if (!text) co_return;
    co_await socket.write("echo " + *text);
    if (*text == "bye") socket.close(4001);
  }
}

struct Dialogue {
  asio::io_context context;
  ws::stream<asio::ip::tcp::socket> stream{context};
  ws::response_type answer;

  explicit Dialogue(TestServer& site, std::string const& protocol = {}) {
    stream.next_layer().connect({asio::ip::address_v4::loopback(), site.port()});
    stream.set_option(ws::stream_base::decorator([protocol](ws::request_type& request) {
      if (!protocol.empty()) request.set("Sec-WebSocket-Protocol", protocol);
    }));
    stream.handshake(answer, "localhost", "/ws");
  }
  std::string say(std::string const& text) {
    stream.write(asio::buffer(text));
    return hear();
  }
  std::string hear() {
    boost::beast::flat_buffer buffer;
    boost::system::error_code error;
    stream.read(buffer, error);
    // Our own answer to a close may fail, when the server has not waited for it.
    if (error && stream.reason()) return "closed " + std::to_string(stream.reason().code);
    return error ? "gone: " + error.message() : boost::beast::buffers_to_string(buffer.data());
  }
};

struct EchoServer : TestServer {
  EchoServer() {
    on(Method::get, "/ws", [](Request const&) { return websocket(echo, "token"); });
  }
};

TEST(WebSocket, EchoesAndCloses) {
  EchoServer site;
  site.hooks.after = [](Request const&, Response& response) { response.headers.set("X-After", "1"); };
  site.start();
  Dialogue dialogue(site, "token");
  EXPECT_EQ(dialogue.answer["Sec-WebSocket-Protocol"], "token");
  EXPECT_EQ(dialogue.answer["X-After"], "1");
  EXPECT_EQ(dialogue.say("hello"), "echo hello");
  std::string large(60'000, 'x');
  EXPECT_EQ(dialogue.say(large), "echo " + large);
  EXPECT_EQ(dialogue.say("bye"), "echo bye");
  EXPECT_EQ(dialogue.hear(), "closed 4001");
  wait_for_none(site);
  EXPECT_EQ(site.server->connection_count(), 0u);
}

TEST(WebSocket, RefusesTooLargeAndMalformedMessages) {
  EchoServer site;
  site.start();
  Dialogue large(site);
  EXPECT_EQ(large.say(std::string(70'000, 'x')), "closed 1009");
  Dialogue malformed(site);
  malformed.stream.binary(true);
  EXPECT_EQ(malformed.say("\xff\xfe"), "closed 1008");
}

TEST(WebSocket, ThatIsNoneIsRefused) {
  EchoServer site;
  site.start();
  Client client(site.port());
  EXPECT_EQ(client.get("/ws").status, 426u);
  EXPECT_EQ(client.get("/ws", {{"Connection", "Upgrade"}, {"Upgrade", "websocket"}}).status, 400u);
}

TEST(WebSocket, ClientsThatVanishEndTheHandler) {
  EchoServer site;
  site.start();
  {
    Dialogue dialogue(site);
    EXPECT_EQ(dialogue.say("x"), "echo x");
  }
  wait_for_none(site);
  EXPECT_EQ(site.server->connection_count(), 0u);
}

Task<> push_until_refused(WebSocket& socket) {
  std::string data(64 * 1024, 'x');
  while (socket.push(data)) co_await pause(milliseconds(0));
}

TEST(WebSocket, DisconnectsAReaderThatLetsTooMuchPileUp) {
  TestServer site;
  site.on(Method::get, "/ws", [](Request const&) { return websocket(push_until_refused); });
  site.start();
  Dialogue dialogue(site);
  wait_for_none(site);
  EXPECT_EQ(site.server->connection_count(), 0u);
}

TEST(WebSocket, IsToldWhenTheServerStops) {
  EchoServer site;
  site.start();
  Dialogue dialogue(site);
  EXPECT_EQ(dialogue.say("x"), "echo x");
  std::thread stopping([&] { site.server->stop(); });
  EXPECT_EQ(dialogue.hear(), "closed 1001");
  stopping.join();
}

}  // namespace
}  // namespace posy::http::testing
