// Redirects, and where none of them may lead: the guard is asked again on every hop.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "http/client.hpp"
#include "http/test_scripted_server.hpp"
#include "http/test_sender.hpp"

namespace posy::http::testing {
namespace {

std::string redirect_to(std::string_view location, int status = 302) {
  return fmt::format("HTTP/1.1 {} Elsewhere\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", status, location);
}

// Answers with the request that it got.
ScriptedServer::Script echo() {
  return [](Peer& peer, int) {
    for (std::string request = peer.read_request(); !request.empty(); request = peer.read_request())
      peer.send(ok(request));
  };
}

TEST(ClientRedirects, AreFollowedToAnotherHost) {
  ScriptedServer target(echo());
  for (int status : {301, 302, 303, 307, 308}) {
    ScriptedServer server(always(redirect_to(target.url("/there", "b.test"), status)));
    Sender sender;
    auto answer = sender.get(server.url("/here")).value();
    EXPECT_EQ(answer.final_url, target.url("/there", "b.test"));
    EXPECT_TRUE(
        answer.body.starts_with(fmt::format("GET /there HTTP/1.1\r\nHost: b.test:{}\r\n", target.port())));
  }
}

TEST(ClientRedirects, AreSeenFromWhereTheyCome) {
  ScriptedServer server([](Peer& peer, int) {
    for (std::string request = peer.read_request(); !request.empty(); request = peer.read_request()) {
      bool is_first = request.starts_with("GET /a/b ");
      peer.send(is_first ? redirect_to("../c?d=e#f") : ok("here"));
    }
  });
  Sender sender;
  EXPECT_EQ(sender.get(server.url("/a/b")).value().final_url, server.url("/c?d=e"));
  EXPECT_EQ(server.connections(), 1);
}

TEST(ClientRedirects, ArePreparedHopByHop) {
  ScriptedServer target(echo());
  ScriptedServer server(always(redirect_to(target.url("/there", "b.test"))));
  std::vector<std::string> prepared;
  Outgoing outgoing{.url = server.url("/here#fragment"),
                    .headers = {{"Authorization", "Bearer x"}, {"Signature", "old"}, {"Accept", "text/html"}},
                    .prepare = [&](Outgoing& hop) {
                      prepared.push_back(hop.url);
                      hop.headers.set("X-Signed-For", hop.url);
                    }};
  Sender sender;
  std::string seen = sender.send(outgoing).value().body;
  EXPECT_EQ(prepared, (std::vector{server.url("/here"), target.url("/there", "b.test")}));
  EXPECT_NE(seen.find("X-Signed-For: " + target.url("/there", "b.test") + "\r\n"), seen.npos);
  EXPECT_NE(seen.find("Accept: text/html"), seen.npos);
  EXPECT_EQ(seen.find("X-Signed-For: " + server.url()), seen.npos);
  EXPECT_EQ(seen.find("Authorization"), seen.npos);
  EXPECT_EQ(seen.find("\r\nSignature"), seen.npos);
}

TEST(ClientRedirects, LeadToNoHostThatMayNotBeReached) {
  ScriptedServer target(echo());
  ScriptedServer server(always(redirect_to(target.url("/there", "b.test"))));
  auto options = closed_network();
  options.may_reach = [](std::string_view host) { return host != "b.test"; };
  Sender sender(options);
  EXPECT_EQ(sender.get(server.url("/here")).error().failure, Failure::refused_address);
  EXPECT_EQ(sender.get(target.url("/there", "b.test")).error().failure, Failure::refused_address);
  EXPECT_EQ(target.connections(), 0);
  EXPECT_EQ(server.connections(), 1);
}

TEST(ClientRedirects, LeadWhereTheRequestMayEvenIfTheClientMayNot) {
  ScriptedServer target(echo());
  ScriptedServer server(always(redirect_to(target.url("/there", "b.test"))));
  auto options = closed_network();
  options.may_reach = [](std::string_view) { return false; };
  Sender sender(options);
  auto all_but_c = [](std::string_view host) { return host != "c.test"; };
  EXPECT_EQ(sender.send({.url = server.url("/here"), .may_reach = all_but_c}).value().status, 200u);
  EXPECT_EQ(sender.send({.url = target.url("/", "c.test"), .may_reach = all_but_c}).error().failure,
            Failure::refused_address);
}

TEST(ClientBodies, AreReadNoFasterThanTheyAreDrained) {
  ScriptedServer server(always(ok(std::string(600'000, 'x'))));
  Sender sender;
  std::size_t taken = 0, waiting = 0, waiting_most = 0;
  bool may_go_on = true;
  auto drain = [&]() -> Task<bool> {
    waiting_most = std::max(waiting_most, waiting);
    waiting = 0;
    co_return may_go_on;
  };
  auto take = [&](std::string_view bytes) {
    taken += bytes.size();
    waiting += bytes.size();
    return true;
  };
  EXPECT_EQ(sender.send({.url = server.url(), .take_body = take, .drain = drain}).value().status, 200u);
  EXPECT_EQ(taken, 600'000u);
  EXPECT_LT(waiting_most, 300'000u);
  may_go_on = false;
  taken = 0;
  EXPECT_EQ(sender.send({.url = server.url(), .take_body = take, .drain = drain}).error().failure, Failure::stopped);
  EXPECT_LT(taken, 300'000u);
}

TEST(ClientRedirects, KeepSecretsOnTheSameOrigin) {
  ScriptedServer server([](Peer& peer, int) {
    peer.read_request();
    peer.send(redirect_to("/there"));
    peer.send(ok(peer.read_request()));
  });
  Sender sender;
  auto answer = sender.send({.url = server.url(), .headers = {{"Authorization", "Bearer x"}}}).value();
  EXPECT_NE(answer.body.find("Authorization: Bearer x\r\n"), std::string::npos);
}

TEST(ClientRedirects, AreTheAnswerWhenNotToBeFollowed) {
  ScriptedServer server(always(redirect_to("/there")));
  Sender sender;
  EXPECT_EQ(sender.post(server.url(), "x").value().status, 302u);
  EXPECT_EQ(sender.send({.url = server.url(), .follow_redirects = false}).value().status, 302u);
  EXPECT_EQ(sender.send({.method = Method::delete_, .url = server.url()}).value().status, 302u);
  ScriptedServer without(always("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"));
  EXPECT_EQ(sender.get(without.url()).value().status, 302u);
  ScriptedServer choices(always(redirect_to("/there", 300)));
  EXPECT_EQ(sender.get(choices.url()).value().status, 300u);
}

TEST(ClientRedirects, AreNotFollowedForever) {
  ScriptedServer circle(always(redirect_to("/")));
  ClientOptions options = closed_network();
  options.redirects_max = 3;
  Sender sender(options);
  EXPECT_EQ(failure(sender.get(circle.url())), Failure::too_many_redirects);
  EXPECT_EQ(circle.connections(), 1);
  ScriptedServer longer([](Peer& peer, int) {
    for (int i = 0; i < 3; ++i) {
      peer.read_request();
      peer.send(redirect_to("/" + std::to_string(i)));
    }
    peer.read_request();
    peer.send(ok("at last"));
  });
  EXPECT_EQ(sender.get(longer.url()).value().body, "at last");
}

TEST(ClientRedirects, ToNoWebAddressAreRefused) {
  Sender sender;
  for (auto location : {"file:///etc/passwd", "gopher://b.test/", "javascript:alert(1)",
                        "http://user@b.test/", "http://2130706433/", "http:///x", "//", "/a b"}) {
    ScriptedServer server(always(redirect_to(location)));
    EXPECT_EQ(failure(sender.get(server.url())), Failure::bad_redirect) << location;
  }
}

// Only 127.0.0.2 is allowed; the server listens everywhere and would answer.
struct GuardTest : ::testing::Test {
  static ClientOptions options() {
    ClientOptions options;
    options.allow_http = true;
    options.allowed = networks({"127.0.0.2"});
    options.resolve = {{"a.test:*", "127.0.0.2:*"}, {"inner.test:*", "127.0.0.1:*"}};
    options.look_up = [](std::string const& host) -> std::optional<Addresses> {
      if (host == "private.example") return Addresses{*parse_address("10.0.0.1")};
      if (host == "loopback.example") return Addresses{*parse_address("127.0.0.1"), *parse_address("::1")};
      if (host == "mapped.example") return Addresses{boost::asio::ip::make_address("::ffff:127.0.0.1")};
      return Addresses{};
    };
    return options;
  }
  ScriptedServer inner{always(ok("secret"))};
  Sender sender{options()};
};

TEST_F(GuardTest, RefusesEveryWayIn) {
  ASSERT_EQ(sender.get(inner.url()).value().body, "secret") << "the server is there";
  std::vector<std::string> urls;
  for (auto host :
       {"127.0.0.1", "127.1.2.3", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "[::127.0.0.1]",
        "[64:ff9b::7f00:1]", "inner.test", "loopback.example", "mapped.example", "private.example"}) {
    urls.push_back(inner.url("/", host));
  }
  urls.push_back("http://169.254.169.254/latest/meta-data/");
  urls.push_back("http://[fd00:ec2::254]/latest/meta-data/");
  for (auto const& url : urls) {
    EXPECT_EQ(failure(sender.get(url)), Failure::refused_address) << url;
    EXPECT_EQ(failure(sender.post(url, "x")), Failure::refused_address) << url;
    ScriptedServer server(always(redirect_to(url)));
    EXPECT_EQ(failure(sender.get(server.url())), Failure::refused_address) << "by redirect: " << url;
    EXPECT_EQ(server.connections(), 1);
  }
  EXPECT_EQ(inner.connections(), 1);
  EXPECT_EQ(failure(sender.get("http://no.example/")), Failure::no_such_host);
}

// A name that is public when asked first and private the second time.
TEST_F(GuardTest, LooksAtTheAddressOfEachConnection) {
  std::atomic<int> lookups = 0;
  ClientOptions changing = options();
  changing.look_up = [&](std::string const&) {
    return Addresses{*parse_address(++lookups == 1 ? "127.0.0.2" : "127.0.0.1")};
  };
  Sender second(changing);
  ScriptedServer closing([](Peer& peer, int) {
    peer.read_request();
    peer.send(ok("once", "Connection: close\r\n"));
  });
  std::string url = closing.url("/", "rebinding.example");
  EXPECT_EQ(second.get(url).value().body, "once");
  EXPECT_EQ(second.get(url).value().body, "once") << "the first address is remembered";
  // A port where nobody is: the name is looked up anew afterwards.
  EXPECT_EQ(failure(second.get("http://rebinding.example:1/")), Failure::cannot_connect);
  EXPECT_EQ(failure(second.get(url)), Failure::refused_address);
  EXPECT_EQ(lookups, 2);
}

TEST(ClientScheme, IsHttpsUnlessHttpIsAllowed) {
  ScriptedServer server(always(ok("plain")));
  ClientOptions options = closed_network();
  options.allow_http = false;
  Sender sender(options);
  EXPECT_EQ(failure(sender.get(server.url())), Failure::bad_url);
  EXPECT_EQ(server.connections(), 0);
}

}  // namespace
}  // namespace posy::http::testing
