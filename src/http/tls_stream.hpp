// TLS over a socket, for the client. Asio's own stream takes 68 KB a connection for as long as it is open, which is more
// than all the rest of it; here OpenSSL reads and writes the socket itself, and a quiet connection holds no buffers.
// Private to http/.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string_view>

#include "base/task.hpp"

namespace posy::http {

// All on the loop of the socket, which outlives it; one thing at a time. Closing the socket ends what waits.
class TlsStream {
 public:
  using ErrorCode = boost::system::error_code;

  TlsStream(boost::asio::ssl::context& context, boost::asio::ip::tcp::socket& socket);
  TlsStream(TlsStream const&) = delete;
  TlsStream& operator=(TlsStream const&) = delete;

  SSL* handle() { return tls_.get(); }

  Task<ErrorCode> handshake();
  Task<ErrorCode> write(std::string_view bytes);  // all of them
  struct Got {
    ErrorCode error;  // eof when the other side has ended in order, stream_truncated when it just closed
    std::size_t bytes = 0;
  };
  Task<Got> read_some(boost::asio::mutable_buffer room);

 private:
  struct Free {
    void operator()(SSL* tls) const;
  };
  template <class Step>
  Task<ErrorCode> go(Step step);

  boost::asio::ip::tcp::socket& socket_;
  std::unique_ptr<SSL, Free> tls_;
};

}  // namespace posy::http
