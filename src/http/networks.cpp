#include "http/networks.hpp"

#include <algorithm>
#include <charconv>

namespace posy::http {
namespace {

using Bytes = std::array<unsigned char, 16>;

Bytes bytes_of(Address const& address) {
  if (address.is_v6()) return address.to_v6().to_bytes();
  return boost::asio::ip::make_address_v6(boost::asio::ip::v4_mapped, address.to_v4()).to_bytes();
}

bool same_prefix(Bytes const& a, Bytes const& b, unsigned bits) {
  unsigned whole = bits / 8, rest = bits % 8;
  if (!std::equal(a.begin(), a.begin() + whole, b.begin())) return false;
  return rest == 0 || ((a[whole] ^ b[whole]) >> (8 - rest)) == 0;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  boost::system::error_code error;
  auto address = boost::asio::ip::make_address(std::string(text), error);
  if (error) return {};
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return Address(boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6()));
  }
  return address;
}

std::string network_of(std::string_view text) {
  auto address = parse_address(text);
  if (!address) return std::string(text);
  if (address->is_v4()) return address->to_string();
  auto bytes = address->to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return boost::asio::ip::make_address_v6(bytes).to_string() + "/64";
}

Result<Networks> Networks::parse(std::span<std::string const> networks) {
  Networks list;
  for (std::string_view text : networks) {
    Error bad{Refusal::unprocessable, "Not a network: " + std::string(text)};
    auto slash = text.find('/');
    auto address = parse_address(text.substr(0, slash));
    if (!address) return bad;
    unsigned bits_max = address->is_v4() ? 32 : 128;
    unsigned bits = bits_max;
    if (slash != text.npos) {
      std::string_view number = text.substr(slash + 1);
      auto [end, failure] = std::from_chars(number.data(), number.data() + number.size(), bits);
      if (failure != std::errc{} || end != number.data() + number.size() || bits > bits_max) return bad;
    }
    list.networks_.push_back({bytes_of(*address), bits + (128 - bits_max)});
  }
  return list;
}

Networks Networks::loopback() {
  std::array<std::string, 2> const networks{"127.0.0.0/8", "::1"};
  return parse(networks).value();
}

bool Networks::contains(Address const& address) const {
  Bytes bytes = bytes_of(address);
  return std::ranges::any_of(networks_,
                             [&](Network const& n) { return same_prefix(n.prefix, bytes, n.bits); });
}

bool Networks::contains(std::string_view text) const {
  auto address = parse_address(text);
  return address && contains(*address);
}

}  // namespace posy::http
