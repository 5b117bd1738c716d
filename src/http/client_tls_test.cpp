// Whom the client believes to be whom.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "http/client.hpp"
#include "http/test_certificates.hpp"
#include "http/test_sender.hpp"

namespace posy::http::testing {
namespace {

struct TlsTest : ::testing::Test {
  ClientOptions options() const {
    ClientOptions options = closed_network();
    options.allow_http = false;
    options.ca_file = authority.file();
    return options;
  }
  Authority authority;
};

TEST_F(TlsTest, BelievesAKnownAuthority) {
  ScriptedServer server(always(ok("hello")), authority.issue("DNS:a.test"));
  Sender sender(options());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(sender.get(server.url()).value().body, "hello");
  EXPECT_EQ(sender.post(server.url(), std::string(100'000, 'x')).value().body, "hello");
  EXPECT_EQ(server.connections(), 1);
  EXPECT_EQ(sender.client->counts().reused, 3u);
}

TEST_F(TlsTest, ResumesSessionsWithTheSameHostOnly) {
  for (int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    ServerCertificate certificate = authority.issue("DNS:*.b.test");
    certificate.version_max = version;
    ScriptedServer server(
        [](Peer& peer, int) {
          peer.read_request();
          peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");
        },
        certificate);
    ClientOptions given = options();
    given.tls_sessions_max = 2;
    Sender sender(given);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(sender.get(server.url("/", "a.b.test")).value().body, "hi");
    EXPECT_EQ(sender.client->counts().resumed, 2u);
    for (auto host : {"c.b.test", "d.b.test"}) EXPECT_EQ(sender.get(server.url("/", host)).value().body, "hi");
    EXPECT_EQ(sender.client->counts().resumed, 2u);
    EXPECT_EQ(sender.get(server.url("/", "a.b.test")).value().body, "hi") << "it was the oldest, and is forgotten";
    EXPECT_EQ(sender.client->counts().resumed, 2u);
    EXPECT_EQ(server.connections(), 6);
  }
}

TEST_F(TlsTest, KeepsNoSessionThatIsLarge) {
  std::string names = "DNS:a.b.test";
  for (int i = 0; i < 300; ++i) names += fmt::format(",DNS:name-{}.b.test", i);
  for (auto [given_names, resumed] : {std::pair{std::string("DNS:a.b.test"), 1u}, {names, 0u}}) {
    ScriptedServer server(
        [](Peer& peer, int) {
          peer.read_request();
          peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");
        },
        authority.issue(given_names));
    Sender sender(options());
    for (int i = 0; i < 2; ++i) EXPECT_EQ(sender.get(server.url("/", "a.b.test")).value().body, "hi");
    EXPECT_EQ(sender.client->counts().resumed, resumed);
  }
}

TEST_F(TlsTest, BelievesAWildcardAndAnAddress) {
  ScriptedServer wildcard(always(ok("w")), authority.issue("DNS:*.b.test"));
  ScriptedServer address(always(ok("i")), authority.issue("IP:127.0.0.1"));
  Sender sender(options());
  EXPECT_EQ(sender.get(wildcard.url("/", "a.b.test")).value().body, "w");
  EXPECT_EQ(sender.get(address.url("/", "127.0.0.1")).value().body, "i");
  EXPECT_EQ(failure(sender.get(wildcard.url("/", "b.test"))), Failure::tls_failed);
  EXPECT_EQ(failure(sender.get(wildcard.url("/", "x.a.b.test"))), Failure::tls_failed);
  EXPECT_EQ(failure(sender.get(address.url("/", "127.0.0.2"))), Failure::tls_failed);
}

TEST_F(TlsTest, RefusesTheCertificateOfAnotherHost) {
  ScriptedServer server(always(ok("hello")), authority.issue("DNS:b.test"));
  Sender sender(options());
  auto answer = sender.get(server.url("/", "a.test"));
  EXPECT_EQ(failure(answer), Failure::tls_failed);
  EXPECT_NE(answer.error().detail.find("mismatch"), std::string::npos) << answer.error().detail;
}

TEST_F(TlsTest, RefusesAnUnknownAuthority) {
  Authority unknown;
  ScriptedServer server(always(ok("hello")), unknown.issue("DNS:a.test"));
  Sender sender(options());
  EXPECT_EQ(failure(sender.get(server.url())), Failure::tls_failed);
  ClientOptions none = options();
  none.ca_file.clear();
  Sender without(none);
  ScriptedServer ours(always(ok("hello")), authority.issue("DNS:a.test"));
  EXPECT_EQ(failure(without.get(ours.url())), Failure::tls_failed);
}

TEST_F(TlsTest, RefusesWhatHasExpired) {
  ScriptedServer server(always(ok("hello")), authority.issue("DNS:a.test", -1));
  Sender sender(options());
  EXPECT_EQ(failure(sender.get(server.url())), Failure::tls_failed);
}

TEST_F(TlsTest, RefusesOldVersions) {
  ServerCertificate old = authority.issue("DNS:a.test");
  for (auto [version, is_good] : {std::pair{TLS1_1_VERSION, false}, {TLS1_2_VERSION, true}}) {
    old.version_max = version;
    ScriptedServer server(always(ok("hello")), old);
    Sender sender(options());
    auto answer = sender.get(server.url());
    if (is_good) {
      EXPECT_EQ(answer.value().body, "hello");
    } else {
      EXPECT_EQ(failure(answer), Failure::tls_failed);
    }
  }
}

TEST_F(TlsTest, RefusesAServerThatSpeaksNoTls) {
  ScriptedServer plain([](Peer& peer, int) { peer.send("HTTP/1.1 400 Bad Request\r\n\r\n"); });
  Sender sender(options());
  EXPECT_EQ(failure(sender.get(fmt::format("https://a.test:{}/", plain.port()))), Failure::tls_failed);
}

TEST_F(TlsTest, DoesNotGoOnWithoutTls) {
  ScriptedServer plain(always(ok("seen by all")));
  ScriptedServer server(
      always(fmt::format("HTTP/1.1 302 Found\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", plain.url())),
      authority.issue("DNS:a.test"));
  for (bool allow_http : {false, true}) {
    ClientOptions given = options();
    given.allow_http = allow_http;
    Sender sender(given);
    EXPECT_EQ(failure(sender.get(server.url())), Failure::bad_redirect);
  }
  EXPECT_EQ(plain.connections(), 0);
}

// Whoever sits between could end the connection early: only the server can say that this was all.
TEST_F(TlsTest, NoticesThatTheEndIsMissing) {
  std::string const head = "HTTP/1.1 200 OK\r\n\r\n";
  ScriptedServer cut(
      [&](Peer& peer, int) {
        peer.read_request();
        peer.send(head + "half of");
        peer.cut();
      },
      authority.issue("DNS:a.test"));
  ScriptedServer whole(
      [&](Peer& peer, int) {
        peer.read_request();
        peer.send(head + "all of it");
      },
      authority.issue("DNS:a.test"));
  Sender sender(options());
  EXPECT_EQ(failure(sender.get(cut.url())), Failure::disconnected);
  EXPECT_EQ(sender.get(whole.url()).value().body, "all of it");
}

TEST_F(TlsTest, AsksOnceMoreOnAStaleConnection) {
  ScriptedServer server(
      [](Peer& peer, int) {
        peer.read_request();
        peer.send(ok("once"));
        peer.read_request();
      },
      authority.issue("DNS:a.test"));
  Sender sender(options());
  EXPECT_EQ(sender.get(server.url()).value().body, "once");
  EXPECT_EQ(sender.get(server.url()).value().body, "once");
  EXPECT_EQ(server.connections(), 2);
}

}  // namespace
}  // namespace posy::http::testing
