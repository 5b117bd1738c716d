// For tests only: speaks HTTP to a server on loopback, synchronously, one byte at a time if need be.
// Every wait ends after ten seconds with an exception.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/headers.hpp"

namespace posy::http::testing {

// A plain TCP connection to 127.0.0.1.
class RawSocket {
 public:
  explicit RawSocket(std::uint16_t port, int receive_buffer_bytes = 0);
  ~RawSocket();
  RawSocket(RawSocket&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  RawSocket& operator=(RawSocket&&) = delete;

  bool send(std::string_view bytes);                // false when the other side has closed
  std::string receive_some();                       // at least one byte; empty at the end
  std::string receive_all();                        // until the other side closes
  std::string receive_until(std::string_view end);  // up to and with `end`, or to the end of the stream
  std::string receive_exactly(std::size_t bytes);   // or less at the end of the stream
  void shutdown_send();
  void close();
  void reset();  // closes with RST

 private:
  int socket_ = -1;
};

struct Answer {
  unsigned status = 0;
  Headers headers;
  std::string body;
  std::string header(std::string_view name) const { return std::string(headers.find(name).value_or("")); }
};

using Fields = std::vector<std::pair<std::string, std::string>>;

// One connection, kept alive and made anew when the server has closed it.
class Client {
 public:
  explicit Client(std::uint16_t port) : port_(port) {}

  Answer get(std::string_view target, Fields const& headers = {}) { return request("GET", target, headers); }
  Answer post(std::string_view target, std::string_view body, std::string_view content_type,
              Fields headers = {});
  Answer request(std::string_view method, std::string_view target, Fields const& headers = {},
                 std::string_view body = {});
  bool is_connected() const { return socket_.has_value(); }
  int connections_made() const { return connections_made_; }

 private:
  std::uint16_t port_;
  std::optional<RawSocket> socket_;
  int connections_made_ = 0;
};

// Reads one answer; throws when the stream ends before it. `head`: the answer has no body.
Answer receive_answer(RawSocket& socket, bool head = false);

}  // namespace posy::http::testing
