// What the parts of one client share. Private to http/.
#pragma once

#include <unordered_set>

#include "http/client.hpp"
#include "http/client_connection.hpp"

namespace posy::http {

struct ClientCore {
  boost::asio::any_io_executor executor;
  ClientOptions options;
  std::shared_ptr<ClientCounters> counters = std::make_shared<ClientCounters>();
  std::unordered_set<ClientConnection*> busy = {};  // something waits on them
  bool stopped = false;

  // Why a wait on a connection ended; `otherwise` when it was neither the deadline, a stop nor the caller.
  SendError explain(ClientConnection const& connection, boost::system::error_code const& error,
                    Failure otherwise) const;
  void cut_busy();
};

// While it lives, a stop cuts the connection.
class Busy {
 public:
  Busy(ClientCore& core, ClientConnection& connection) : core_(core), connection_(connection) {
    core_.busy.insert(&connection_);
  }
  ~Busy() { core_.busy.erase(&connection_); }
  Busy(Busy const&) = delete;
  Busy& operator=(Busy const&) = delete;

 private:
  ClientCore& core_;
  ClientConnection& connection_;
};

}  // namespace posy::http
