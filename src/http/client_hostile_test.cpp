// The client with servers that mean ill, or do not know better.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "http/client.hpp"
#include "http/test_scripted_server.hpp"
#include "http/test_sender.hpp"

namespace posy::http::testing {
namespace {

using std::chrono::milliseconds;

// Sends this after each request, and closes.
ScriptedServer::Script once(std::string answer) {
  return [answer](Peer& peer, int) {
    peer.read_request();
    peer.send(answer);
  };
}

TEST(ClientReadsAnswers, InTheirManyForms) {
  std::string const ok_head = "HTTP/1.1 200 OK\r\n";
  std::pair<std::string, std::string> const cases[] = {
      {ok("x"), "x"},
      {ok_head + "\r\nto the end", "to the end"},
      {"HTTP/1.0 200 OK\r\n\r\nold", "old"},
      {ok_head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: x\r\n\r\n",
       "abcde"},
      {"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + ok("after"), "after"},
      {"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", ""},
      {"HTTP/1.1 204 No Content\r\n\r\n", ""},
      {ok_head + "Content-Length: 0\r\n\r\n", ""},
  };
  Sender sender;
  for (auto const& [text, body] : cases) {
    ScriptedServer server(once(text));
    auto answer = sender.get(server.url());
    ASSERT_TRUE(answer) << text;
    EXPECT_EQ(answer->body, body) << text;
    EXPECT_FALSE(answer->headers.has("Trailer"));
    EXPECT_FALSE(answer->headers.has("Link"));
  }
}

TEST(ClientReadsAnswers, ByteByByte) {
  ScriptedServer server([](Peer& peer, int) {
    peer.read_request();
    for (char c : std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")) {
      peer.send(std::string(1, c));
      std::this_thread::sleep_for(milliseconds(1));
    }
    peer.wait_for_end();
  });
  Sender sender;
  EXPECT_EQ(sender.get(server.url()).value().body, "abc");
  EXPECT_EQ(sender.client->counts().idle, 1u);
}

TEST(ClientReadsAnswers, UpToWhereTheyAreCut) {
  std::string const ok_head = "HTTP/1.1 200 OK\r\n";
  std::string const endless(100'000, 'x');
  std::string const cases[] = {
      ok(endless),
      ok_head + "\r\n" + endless,
      ok_head + "Transfer-Encoding: chunked\r\n\r\n186a0\r\n" + endless + "\r\nbroken",
      ok_head + "Content-Length: 99999999999\r\n\r\n" + endless,
  };
  Sender sender;
  for (auto const& text : cases) {
    ScriptedServer server([text](Peer& peer, int) {
      peer.read_request();
      peer.send(text);
      peer.wait_for_end();
    });
    Outgoing outgoing{.url = server.url(), .body_max = 1000, .cut_body = true};
    auto answer = sender.send(outgoing);
    ASSERT_TRUE(answer) << text.substr(0, 80);
    EXPECT_EQ(answer->body, std::string(1000, 'x'));
    EXPECT_EQ(sender.client->counts().idle, 0u);
  }
}

TEST(ClientRefusesAnswers, ThatAreNone) {
  std::string const ok_head = "HTTP/1.1 200 OK\r\n";
  std::string informational;
  for (int i = 0; i < 100; ++i) informational += "HTTP/1.1 103 Early Hints\r\n\r\n";
  std::string const cases[] = {
      "garbage\r\n\r\n",
      "SSH-2.0-OpenSSH\r\n\r\n",
      "HTTP/2 200 OK\r\n\r\n",
      "HTTP/1.2 200 OK\r\n\r\n",
      "HTTP/1.1 2000 OK\r\n\r\n",
      "HTTP/1.1 99 OK\r\n\r\n",
      "HTTP/1.1 000 OK\r\n\r\n",
      "HTTP/1.1 600 OK\r\n\r\n",
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
      informational + ok("x"),
      ok_head + "no colon\r\n\r\n",
      ok_head + ": no name\r\n\r\n",
      ok_head + "A\x01: b\r\n\r\n",
      ok_head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxy",
      ok_head + "Content-Length: -1\r\n\r\n",
      ok_head + "Content-Length: 1x\r\n\r\nx",
      ok_head + "Content-Length: 99999999999999999999999\r\n\r\nx",
      ok_head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      ok_head + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
      ok_head + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      ok_head + "Transfer-Encoding: gzip\r\n\r\nx",
      "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      ok_head + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
      ok_head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcde\r\n",
      ok_head + "Transfer-Encoding: chunked\r\n\r\n3;" + std::string(1000, 'x') + "\r\nabc\r\n",
      ok_head + "Transfer-Encoding: chunked\r\n\r\n3;" + std::string(100'000, 'x'),
  };
  Sender sender;
  for (auto const& text : cases) {
    ScriptedServer server(once(text));
    EXPECT_EQ(failure(sender.get(server.url())), Failure::bad_answer) << text.substr(0, 100);
    EXPECT_EQ(server.connections(), 1);
  }
}

TEST(ClientRefusesAnswers, ThatEndTooEarly) {
  std::string const ok_head = "HTTP/1.1 200 OK\r\n";
  std::string const cases[] = {
      "",
      "HTTP/1.1",
      ok_head,
      ok_head + "Content-Length: 5\r\n",
      ok_head + "Content-Length: 5\r\n\r\nabcd",
      ok_head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
      ok_head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n",
      "HTTP/1.1 100 Continue\r\n\r\n",
  };
  Sender sender;
  for (auto const& text : cases) {
    ScriptedServer server(once(text));
    EXPECT_EQ(failure(sender.get(server.url())), Failure::disconnected) << text;
  }
}

TEST(ClientRefusesAnswers, ThatAreReset) {
  for (std::string before : {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\n\r\npart of it"}) {
    ScriptedServer server([&](Peer& peer, int) {
      peer.read_request();
      peer.send(before);
      std::this_thread::sleep_for(milliseconds(20));
      peer.reset();
    });
    Sender sender;
    EXPECT_EQ(failure(sender.get(server.url())), Failure::disconnected) << before;
  }
}

TEST(ClientRefusesAnswers, ThatAreTooLarge) {
  std::string const ok_head = "HTTP/1.1 200 OK\r\n";
  std::string fields;
  for (int i = 0; i < 2000; ++i) fields += fmt::format("X-{}: {}\r\n", i, i);
  std::string const cases[] = {
      ok_head + "Content-Length: 101\r\n\r\n",
      ok_head + "Content-Length: 9999999999\r\n\r\n",
      ok_head + "\r\n" + std::string(101, 'x'),
      ok_head + "Transfer-Encoding: chunked\r\n\r\n64\r\n" + std::string(100, 'x') +
          "\r\n1\r\nx\r\n0\r\n\r\n",
      ok_head + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx",
      ok_head + fields + "\r\n",
      ok_head + "X: " + std::string(20'000, 'x') + "\r\n\r\n",
      ok_head + "X: " + std::string(20'000, 'x'),
      ok_head + fields,
      "HTTP/1.1 200 " + std::string(20'000, 'x'),
  };
  ClientOptions options = closed_network();
  options.header_max = 8192;
  options.body_max = 100;
  Sender sender(options);
  for (auto const& text : cases) {
    // Without end: the client must not wait for it.
    ScriptedServer server([&](Peer& peer, int) {
      peer.read_request();
      peer.send(text);
      peer.wait_for_end();
    });
    EXPECT_EQ(failure(sender.get(server.url())), Failure::too_large) << text.substr(0, 100);
  }
}

TEST(ClientRefusesAnswers, OverTheSizeThatTheCallerSays) {
  ScriptedServer server(always(ok(std::string(100, 'x'))));
  ClientOptions options = closed_network();
  options.body_max = 100;
  Sender sender(options);
  EXPECT_TRUE(sender.get(server.url()));
  EXPECT_EQ(failure(sender.send({.url = server.url(), .body_max = 99})), Failure::too_large);
  options.body_max = 99;
  Sender strict(options);
  EXPECT_EQ(failure(strict.get(server.url())), Failure::too_large);
  EXPECT_TRUE(strict.send({.url = server.url(), .body_max = 100}));
}

TEST(ClientRefusesAnswers, ThatNeverEnd) {
  ScriptedServer endless([](Peer& peer, int) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\n\r\n");
    while (peer.send(std::string(64 * 1024, 'x'))) continue;
  });
  Sender sender;
  EXPECT_EQ(failure(sender.get(endless.url())), Failure::too_large);
}

milliseconds time_of(auto work) {
  auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::floor<milliseconds>(std::chrono::steady_clock::now() - start);
}

TEST(ClientDoesNotWait, ForAServerThatIsSilent) {
  ScriptedServer silent([](Peer& peer, int) { peer.wait_for_end(); });
  ClientOptions options = closed_network();
  options.read_timeout = milliseconds(100);
  Sender sender(options);
  auto taken = time_of([&] { EXPECT_EQ(failure(sender.get(silent.url())), Failure::timed_out); });
  EXPECT_GE(taken, milliseconds(100));
  EXPECT_LT(taken, milliseconds(2000));
  EXPECT_EQ(silent.connections(), 1);
  EXPECT_EQ(sender.client->counts().connections, 0u);
}

TEST(ClientDoesNotWait, ForAByteNowAndThen) {
  for (std::string before :
       {"", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"}) {
    ScriptedServer slow([&](Peer& peer, int) {
      peer.read_request();
      peer.send(before.empty() ? "HTTP/1.1 200 " : before);
      while (peer.send("x")) std::this_thread::sleep_for(milliseconds(10));
    });
    ClientOptions options = closed_network();
    options.total_timeout = milliseconds(200);
    Sender sender(options);
    auto taken = time_of([&] { EXPECT_EQ(failure(sender.get(slow.url())), Failure::timed_out); });
    EXPECT_GE(taken, milliseconds(190));
    EXPECT_LT(taken, milliseconds(2000));
  }
}

TEST(ClientDoesNotWait, ForRedirectsThatTakeTheirTime) {
  ScriptedServer circle([](Peer& peer, int) {
    while (!peer.read_request().empty()) {
      std::this_thread::sleep_for(milliseconds(60));
      peer.send("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n");
    }
  });
  ClientOptions options = closed_network();
  options.redirects_max = 1000;
  Sender sender(options);
  Outgoing outgoing{.url = circle.url(), .total_timeout = milliseconds(200)};
  auto taken = time_of([&] { EXPECT_EQ(failure(sender.send(outgoing)), Failure::timed_out); });
  EXPECT_LT(taken, milliseconds(2000));
}

TEST(ClientDoesNotWait, ForAServerThatDoesNotRead) {
  ScriptedServer deaf([](Peer&, int) { std::this_thread::sleep_for(milliseconds(1000)); });
  ClientOptions options = closed_network();
  options.read_timeout = milliseconds(200);
  Sender sender(options);
  auto answer = sender.post(deaf.url(), std::string(32 << 20, 'x'));
  EXPECT_EQ(failure(answer), Failure::timed_out);
}

TEST(ClientDoesNotWait, ForAHandshakeThatNeverComes) {
  ScriptedServer silent([](Peer& peer, int) { peer.wait_for_end(); });
  ClientOptions options = closed_network();
  options.connect_timeout = milliseconds(100);
  Sender sender(options);
  std::string url = fmt::format("https://a.test:{}/", silent.port());
  EXPECT_EQ(failure(sender.get(url)), Failure::timed_out);
}

TEST(ClientHears, AnAnswerThatComesBeforeItHasSentAll) {
  ScriptedServer refusing([](Peer& peer, int) {
    peer.send("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    peer.wait_for_end();
  });
  Sender sender;
  EXPECT_EQ(sender.post(refusing.url(), std::string(1 << 20, 'x')).value().status, 413u);
}

}  // namespace
}  // namespace posy::http::testing
