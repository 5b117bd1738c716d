// One connection of the client, plain or TLS. Private to http/.
//
// Every wait has a deadline: when it comes, the socket is closed under whatever waits, which then ends with
// some error, and expired() says why.
#pragma once

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/task.hpp"
#include "http/tls_sessions.hpp"
#include "http/tls_stream.hpp"
#include "http/url.hpp"

namespace posy::http {

// Shared by a client and all its connections; any thread may read it.
struct ClientCounters {
  std::atomic<std::size_t> exchanges{0}, connections{0}, idle{0};
  std::atomic<std::uint64_t> opened{0}, reused{0}, resumed{0};
};

// Held by shared_ptr only.
class ClientConnection : public std::enable_shared_from_this<ClientConnection> {
 public:
  using ErrorCode = boost::system::error_code;
  using SteadyTime = std::chrono::steady_clock::time_point;

  ClientConnection(boost::asio::any_io_executor executor, std::string origin,
                   std::shared_ptr<ClientCounters> counters);
  ~ClientConnection();
  ClientConnection(ClientConnection const&) = delete;
  ClientConnection& operator=(ClientConnection const&) = delete;

  void wait_until(SteadyTime deadline);
  bool expired() const { return expired_; }  // whether the deadline closed the socket

  // Again after a failure, with another address.
  Task<ErrorCode> connect(boost::asio::ip::tcp::endpoint to);
  Task<ErrorCode> start_tls(boost::asio::ssl::context& context, TlsSessions& sessions, Url const& url);
  Task<ErrorCode> write(std::string_view head, std::string_view body);
  Task<ErrorCode> fill();  // reads some into `in`
  void cut();              // at once; whatever waits ends

  // Nobody has closed it, and nothing has come that nobody asked for.
  bool is_quiet();
  std::string explain_tls(ErrorCode const& error);

  std::string const origin;
  SteadyTime const made = std::chrono::steady_clock::now();
  boost::beast::flat_buffer in;

 private:
  void wake_at(SteadyTime time);
  void wake();

  std::shared_ptr<ClientCounters> counters_;
  boost::asio::ip::tcp::socket socket_;
  std::optional<TlsStream> tls_;
  boost::asio::steady_timer timer_;
  SteadyTime deadline_ = SteadyTime::max();
  SteadyTime wakes_at_ = SteadyTime::max();
  bool expired_ = false;
};

}  // namespace posy::http
