// One open stream of server-sent events (WHATWG HTML, section 9.2). Belongs to the loop of its connection;
// call it from there only. A heartbeat is sent by itself.
//
// When the client goes, whatever the handler awaits is cancelled (it throws operation_aborted); what
// cannot be cancelled is told by the next send.
#pragma once

#include <string_view>

#include "base/task.hpp"

namespace posy::http {

class EventSink {
 public:
  virtual ~EventSink() = default;
  // Both wait while the client is slow, and are false when it is gone. Line breaks in `data` are kept.
  virtual Task<bool> send(std::string_view event, std::string_view data) = 0;
  virtual Task<bool> comment(std::string_view text = {}) = 0;
  // Never waits: a client that lets too much pile up is disconnected. False when it is gone.
  virtual bool push(std::string_view event, std::string_view data) = 0;
  virtual bool is_open() const = 0;
};

}  // namespace posy::http
