#include "http/address_guard.hpp"

#include <gtest/gtest.h>

namespace posy::http {
namespace {

AddressGuard guard(std::vector<std::string> allowed = {}) {
  return AddressGuard(Networks::parse(allowed).value());
}

TEST(AddressGuard, LetsPublicAddressesThrough) {
  auto strict = guard();
  for (auto address :
       {"1.1.1.1",          "9.255.255.255",   "11.0.0.0",      "100.63.255.255",  "100.128.0.0",
        "126.255.255.255",  "128.0.0.1",       "168.63.129.15", "169.253.255.255", "169.255.0.0",
        "172.15.255.255",   "172.32.0.0",      "192.0.1.0",     "192.0.3.0",       "192.167.255.255",
        "192.169.0.0",      "198.17.255.255",  "198.20.0.0",    "198.51.99.255",   "203.0.112.255",
        "203.0.114.0",      "223.255.255.255", "2600::1",       "2001:200::1",     "2a00:1450:4001::1",
        "2001:db7:ffff::1", "2001:db9::1",     "2003::1",       "3ffd::1",         "::ffff:1.1.1.1",
        "64:ff9b::1.1.1.1"}) {
    EXPECT_TRUE(strict.lets_through(boost::asio::ip::make_address(address))) << address;
  }
}

TEST(AddressGuard, RefusesWhatIsNotPublic) {
  auto strict = guard();
  for (auto address : {
           "0.0.0.0",
           "0.255.255.255",  // this network
           "10.0.0.0",
           "10.255.255.255",  // private
           "100.64.0.0",
           "100.100.100.200",
           "100.127.255.255",  // shared
           "127.0.0.0",
           "127.0.0.1",
           "127.255.255.255",  // loopback
           "168.63.129.16",
           "169.254.169.254",
           "169.254.0.0",  // metadata, link-local
           "172.16.0.0",
           "172.31.255.255",  // private
           "192.0.0.1",
           "192.0.0.192",
           "192.0.2.1",  // assignments, documentation
           "192.88.99.1",
           "192.168.0.0",
           "192.168.255.255",  // relays, private
           "198.18.0.0",
           "198.19.255.255",  // benchmarking
           "198.51.100.7",
           "203.0.113.7",  // documentation
           "224.0.0.1",
           "239.255.255.255",
           "240.0.0.1",  // multicast, reserved
           "255.255.255.254",
           "255.255.255.255",  // broadcast
           "::",
           "::1",  // unspecified, loopback
           "::127.0.0.1",
           "::1.1.1.1",  // compatible
           "::ffff:127.0.0.1",
           "::ffff:10.0.0.1",
           "::ffff:169.254.169.254",  // mapped
           "::ffff:0:1.1.1.1",        // translated (SIIT)
           "64:ff9b::10.0.0.1",
           "64:ff9b::169.254.169.254",  // NAT64
           "64:ff9b:1::1.1.1.1",
           "64:ff9b::1:1.1.1.1",  // NAT64, local and malformed
           "100::1",
           "100:0:0:1::1",  // discard, dummy
           "2001::1",
           "2001:0:7f00:1::",
           "2001:1ff:ffff::1",  // Teredo, assignments
           "2001:db8::1",
           "3fff::1",
           "3fff:fff::1",  // documentation
           "2002:7f00:1::",
           "2002:101:101::1",  // 6to4
           "3ffe::1",
           "4000::1",
           "5f00::1",
           "8000::1",  // abandoned, unassigned, segment routing
           "fc00::1",
           "fd00:ec2::254",
           "fdff:ffff::1",  // unique local
           "fe80::1",
           "febf::1",
           "fec0::1",
           "feff::1",  // link-local, site-local
           "ff02::1",
           "ff0e::1",
           "ffff::1",  // multicast
       }) {
    EXPECT_FALSE(strict.lets_through(boost::asio::ip::make_address(address))) << address;
  }
  EXPECT_FALSE(strict.lets_through(boost::asio::ip::make_address("2600::1%1"))) << "with a scope";
}

TEST(AddressGuard, LetsThroughWhatTheOperatorAllows) {
  auto open = guard({"127.0.0.1", "fd00::/8"});
  EXPECT_TRUE(open.lets_through(boost::asio::ip::make_address("127.0.0.1")));
  EXPECT_TRUE(open.lets_through(boost::asio::ip::make_address("::ffff:127.0.0.1")));
  EXPECT_TRUE(open.lets_through(boost::asio::ip::make_address("fd12::1")));
  EXPECT_FALSE(open.lets_through(boost::asio::ip::make_address("127.0.0.2")));
  EXPECT_FALSE(open.lets_through(boost::asio::ip::make_address("64:ff9b::127.0.0.1")));
  EXPECT_FALSE(open.lets_through(boost::asio::ip::make_address("fc12::1")));
  EXPECT_FALSE(open.is_public(boost::asio::ip::make_address("127.0.0.1")));
}

}  // namespace
}  // namespace posy::http
