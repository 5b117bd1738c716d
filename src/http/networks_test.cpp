#include "http/networks.hpp"

#include <gtest/gtest.h>

#include "http/target.hpp"

namespace posy::http {
namespace {

Networks networks(std::vector<std::string> list) {
  return Networks::parse(list).value();
}

TEST(Networks, ContainByPrefix) {
  auto list = networks({"10.0.0.0/8", "192.168.1.128/25", "2001:db8::/33", "203.0.113.7"});
  for (auto inside : {"10.255.0.1", "192.168.1.200", "2001:db8:7fff::1", "203.0.113.7", "::ffff:10.1.2.3"}) {
    EXPECT_TRUE(list.contains(inside)) << inside;
  }
  for (auto outside :
       {"11.0.0.1", "192.168.1.127", "2001:db8:8000::1", "203.0.113.8", "::a00:1", "", "10.0.0"}) {
    EXPECT_FALSE(list.contains(outside)) << outside;
  }
  EXPECT_TRUE(networks({"0.0.0.0/0"}).contains("8.8.8.8"));
  EXPECT_FALSE(networks({"0.0.0.0/0"}).contains("2001:db8::1"));
}

TEST(NetworkOf, IsOneForAllAddressesOfACustomer) {
  EXPECT_EQ(network_of("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(network_of("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(network_of("2001:db8:1:2::9"), network_of("2001:db8:1:2:ffff::"));
  EXPECT_NE(network_of("2001:db8:1:2::9"), network_of("2001:db8:1:3::9"));
  EXPECT_EQ(network_of("unix"), "unix");
}

TEST(Networks, RefuseWhatIsNone) {
  for (std::string bad :
       {"", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/8x", "10.0.0.0/-1", "example.org/8"}) {
    EXPECT_FALSE(Networks::parse(std::vector{bad})) << bad;
  }
}

std::string client(std::string const& socket_peer, std::vector<std::string> const& forwarded) {
  Headers headers;
  for (auto const& line : forwarded) headers.add("X-Forwarded-For", line);
  return client_address(socket_peer, headers, networks({"127.0.0.0/8", "10.0.0.0/8"}));
}

TEST(ClientAddress, BelievesTrustedProxiesOnly) {
  EXPECT_EQ(client("127.0.0.1", {}), "127.0.0.1");
  EXPECT_EQ(client("127.0.0.1", {"203.0.113.9"}), "203.0.113.9");
  EXPECT_EQ(client("198.51.100.1", {"203.0.113.9"}), "198.51.100.1");
  EXPECT_EQ(client("127.0.0.1", {"1.1.1.1, 203.0.113.9, 10.0.0.3"}), "203.0.113.9");
  EXPECT_EQ(client("127.0.0.1", {"1.1.1.1", "203.0.113.9,10.0.0.3"}), "203.0.113.9");
  EXPECT_EQ(client("127.0.0.1", {"junk, 10.0.0.3"}), "10.0.0.3");
  EXPECT_EQ(client("127.0.0.1", {"junk"}), "127.0.0.1");
  EXPECT_EQ(client("127.0.0.1", {"::ffff:203.0.113.9"}), "203.0.113.9");
}

}  // namespace
}  // namespace posy::http
