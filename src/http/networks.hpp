// Lists of networks in CIDR notation, such as "127.0.0.0/8" and "::1". A bare address is itself only.
// IPv4 addresses inside IPv6 (::ffff:1.2.3.4) count as IPv4.
#pragma once

#include <array>
#include <boost/asio/ip/address.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace posy::http {

using Address = boost::asio::ip::address;

std::optional<Address> parse_address(std::string_view text);

// To whom an address belongs, as a key for limits: an IPv6 customer has a whole /64 and may change addresses
// within it at will. What is no address stays as it is.
std::string network_of(std::string_view address);

class Networks {
 public:
  Networks() = default;
  static Result<Networks> parse(std::span<std::string const> networks);
  static Networks loopback();

  bool contains(Address const& address) const;
  bool contains(std::string_view address) const;  // false for what is no address
  bool empty() const { return networks_.empty(); }

 private:
  struct Network {
    std::array<unsigned char, 16> prefix;  // IPv4 as ::ffff:0:0/96
    unsigned bits;
  };
  std::vector<Network> networks_;
};

}  // namespace posy::http
