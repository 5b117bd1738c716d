#include "http/address_guard.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace posy::http {
namespace {

using boost::asio::ip::make_address_v4;

// The IANA IPv4 Special-Purpose Address Registry, and what is no unicast. Blocks of which a few addresses
// are global (192.0.0.0/24) are refused whole: no server of anybody's lives there.
constexpr std::string_view special_v4[] = {
    "0.0.0.0/8",        // this network
    "10.0.0.0/8",       // private
    "100.64.0.0/10",    // shared by carriers; also the metadata service of a cloud
    "127.0.0.0/8",      // loopback
    "168.63.129.16",    // a cloud's own service, a public address that only its machines reach
    "169.254.0.0/16",   // link-local, with the metadata service of most clouds
    "172.16.0.0/12",    // private
    "192.0.0.0/24",     // protocol assignments
    "192.0.2.0/24",     // documentation
    "192.31.196.0/24",  // AS112
    "192.52.193.0/24",  // AMT
    "192.88.99.0/24",   // 6to4 relays, abandoned
    "192.168.0.0/16",   // private
    "192.175.48.0/24",  // AS112
    "198.18.0.0/15",    // benchmarking
    "198.51.100.0/24",  // documentation
    "203.0.113.0/24",   // documentation
    "224.0.0.0/3",      // multicast, reserved, broadcast
};

// Inside 2000::/3, the only global unicast block: what the IPv6 registry takes out of it.
constexpr std::string_view special_v6[] = {
    "2001::/23",          // protocol assignments, Teredo among them
    "2001:db8::/32",      // documentation
    "2002::/16",          // 6to4, abandoned
    "2620:4f:8000::/48",  // AS112
    "3ffe::/16",          // 6bone, abandoned
    "3fff::/20",          // documentation
};

constexpr std::string_view global_v6[] = {"2000::/3"};

Networks special() {
  std::vector<std::string> all(std::begin(special_v4), std::end(special_v4));
  all.insert(all.end(), std::begin(special_v6), std::end(special_v6));
  return Networks::parse(all).value();
}

Networks global() {
  std::vector<std::string> all(std::begin(global_v6), std::end(global_v6));
  return Networks::parse(all).value();
}

// The IPv4 address that a translator (NAT64, RFC 6052) would connect to.
std::optional<Address> translated(boost::asio::ip::address_v6 const& address) {
  constexpr std::array<unsigned char, 12> prefix{0x00, 0x64, 0xff, 0x9b};
  auto bytes = address.to_bytes();
  if (!std::equal(prefix.begin(), prefix.end(), bytes.begin())) return {};
  return make_address_v4(boost::asio::ip::address_v4::bytes_type{bytes[12], bytes[13], bytes[14], bytes[15]});
}

}  // namespace

AddressGuard::AddressGuard(Networks allowed)
    : allowed_(std::move(allowed)), special_(special()), global_v6_(global()) {}

bool AddressGuard::lets_through(Address const& address) const {
  return is_public(address) || allowed_.contains(address);
}

bool AddressGuard::is_public(Address const& address) const {
  if (address.is_v4()) return !special_.contains(address);
  auto v6 = address.to_v6();
  if (v6.is_v4_mapped()) return is_public(make_address_v4(boost::asio::ip::v4_mapped, v6));
  if (auto inner = translated(v6)) return is_public(*inner);
  return v6.scope_id() == 0 && global_v6_.contains(address) && !special_.contains(address);
}

}  // namespace posy::http
