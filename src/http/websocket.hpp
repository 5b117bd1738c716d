// One WebSocket (RFC 6455). Belongs to the loop of its connection; call it from there only. The handler is
// a loop around read(); others on the same loop may push at any time. Pings are sent by itself, and a client
// that does not answer for a minute is gone. The socket closes when the handler returns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/task.hpp"

namespace posy::http {

class WebSocket {
 public:
  static constexpr std::uint16_t normal = 1000, going_away = 1001, policy_error = 1008;

  virtual ~WebSocket() = default;
  // The next message, text or binary; nothing when the other side has closed or gone.
  virtual Task<std::optional<std::string>> read() = 0;
  virtual Task<bool> write(std::string text) = 0;  // waits while the client is slow; false when it is gone
  // Never waits: a client that lets too much pile up is disconnected. False when it is gone.
  virtual bool push(std::string text) = 0;
  virtual void close(std::uint16_t code = normal) = 0;  // after what is queued; read() then ends
  virtual bool is_open() const = 0;
};

struct WebSocketLimits {
  std::size_t message_bytes_max = 64 * 1024;
  std::size_t queue_bytes_max = 1 << 20;
};

}  // namespace posy::http
