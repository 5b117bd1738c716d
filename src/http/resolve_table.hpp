// The setting federation.resolve: addresses to use instead of asking DNS. "name:port" = "address:port", where
// the name may be "*.domain" for everything below a domain, and each port may be "*": any, and the same.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "http/networks.hpp"

namespace posy::http {

class ResolveTable {
 public:
  static Result<ResolveTable> parse(std::map<std::string, std::string> const& table);

  // The nearest entry counts: the name itself before the longest domain, a port before "*".
  std::optional<boost::asio::ip::tcp::endpoint> find(std::string_view host, std::uint16_t port) const;

 private:
  struct Target {
    Address address;
    std::uint16_t port = 0;  // 0: the one that was asked for
  };
  std::map<std::string, Target, std::less<>> targets_;  // "name:port", port 0 for "*"; ".domain:port"
};

}  // namespace posy::http
