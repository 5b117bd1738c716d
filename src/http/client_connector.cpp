#include "http/client_connector.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/log.hpp"
#include "http/tls_context.hpp"

namespace posy::http {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t endpoints_max = 6;  // of one host, tried in turn

ResolveTable resolve_table(ClientOptions const& options) {
  auto table = ResolveTable::parse(options.resolve);
  if (!table) throw std::runtime_error(table.error().message);
  return std::move(*table);
}

}  // namespace

ClientConnector::ClientConnector(ClientCore& core)
    : core_(core),
      guard_(core.options.allowed),
      table_(resolve_table(core.options)),
      tls_(make_tls_context(core.options.ca_file)),
      sessions_(tls_, core.options.tls_sessions_max),
      resolver_(std::make_shared<Resolver>(
          core.executor, core.options.look_up ? core.options.look_up : look_up_by_system)) {}

// Where the host may be, not yet looked at by the guard.
Task<SendResult<ClientConnector::Endpoints>> ClientConnector::find(Url const& url, SteadyTime deadline) {
  if (auto instead = table_.find(url.host, url.port)) co_return Endpoints{*instead};
  if (url.address) co_return Endpoints{tcp::endpoint(*url.address, url.port)};
  SendResult<Addresses> addresses = co_await resolver_->find(url.host, deadline);
  if (!addresses) co_return addresses.error();
  Endpoints endpoints;
  for (Address const& address : *addresses) {
    if (endpoints.size() == endpoints_max) break;
    endpoints.emplace_back(address, url.port);
  }
  co_return endpoints;
}

Task<SendResult<ClientConnector::Pointer>> ClientConnector::connect(Url const& url, SteadyTime deadline) {
  if (core_.stopped) co_return send_error(Failure::stopped);
  deadline = std::min(deadline, std::chrono::steady_clock::now() + core_.options.connect_timeout);
  SendResult<Endpoints> endpoints = co_await find(url, deadline);
  if (!endpoints) co_return endpoints.error();

  auto connection = std::make_shared<ClientConnection>(core_.executor, url.origin(), core_.counters);
  Busy busy(core_, *connection);
  std::optional<SendError> failed = co_await connect_to_any(*connection, *endpoints, deadline);
  if (failed) {
    // It may have moved. What the guard refused stays known: nobody makes us ask DNS again and again.
    if (failed->failure != Failure::refused_address) resolver_->forget(url.host);
    co_return std::move(*failed);
  }
  connection->wait_until(deadline);
  if (!url.is_https) co_return connection;
  if (!std::exchange(trusts_system_, true)) trust_system(tls_);
  error_code error = co_await connection->start_tls(tls_, sessions_, url);
  if (error) {
    SendError why = core_.explain(*connection, error, Failure::tls_failed);
    if (why.failure == Failure::tls_failed) why.detail = connection->explain_tls(error);
    co_return why;
  }
  co_return connection;
}

// Each gets its share of the time that is left: one that drops packets must not use up that of the next.
Task<std::optional<SendError>> ClientConnector::connect_to_any(ClientConnection& connection,
                                                               Endpoints const& endpoints,
                                                               SteadyTime deadline) {
  SendError why = send_error(Failure::refused_address, connection.origin);
  for (std::size_t i = 0; i < endpoints.size(); ++i) {
    if (!guard_.lets_through(endpoints[i].address())) {
      log::debug("not connecting to {}: it is at {}", connection.origin, endpoints[i].address().to_string());
      continue;
    }
    auto now = std::chrono::steady_clock::now();
    connection.wait_until(now + (deadline - now) / static_cast<long>(endpoints.size() - i));
    error_code error = co_await connection.connect(endpoints[i]);
    if (!error) co_return std::nullopt;
    why = core_.explain(connection, error, Failure::cannot_connect);
    if (why.failure == Failure::stopped) break;
  }
  co_return why;
}

}  // namespace posy::http
