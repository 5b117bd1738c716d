// The only place that opens a socket to another server: finds where the host is, asks the address guard about
// every address, connects, and speaks TLS with the host that was meant. Private to http/.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <optional>
#include <vector>

#include "http/address_guard.hpp"
#include "http/client_core.hpp"
#include "http/resolve_table.hpp"
#include "http/resolver.hpp"
#include "http/tls_sessions.hpp"
#include "http/url.hpp"

namespace posy::http {

class ClientConnector {
 public:
  using Pointer = std::shared_ptr<ClientConnection>;
  using SteadyTime = ClientConnection::SteadyTime;

  explicit ClientConnector(ClientCore& core);  // throws as Client does

  Task<SendResult<Pointer>> connect(Url const& url, SteadyTime deadline);
  void stop() { resolver_->stop(); }

 private:
  using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;

  Task<SendResult<Endpoints>> find(Url const& url, SteadyTime deadline);
  Task<std::optional<SendError>> connect_to_any(ClientConnection& connection, Endpoints const& endpoints,
                                                SteadyTime deadline);

  ClientCore& core_;
  AddressGuard guard_;
  ResolveTable table_;
  boost::asio::ssl::context tls_;
  TlsSessions sessions_;
  bool trusts_system_ = false;
  std::shared_ptr<Resolver> resolver_;
};

}  // namespace posy::http
