#include "http/client_core.hpp"

#include <boost/asio/error.hpp>

namespace posy::http {

SendError ClientCore::explain(ClientConnection const& connection, boost::system::error_code const& error,
                              Failure otherwise) const {
  if (stopped) return send_error(Failure::stopped);
  if (connection.expired()) return send_error(Failure::timed_out);
  if (error == boost::asio::error::operation_aborted)
    return send_error(Failure::stopped, "given up by the caller");
  return send_error(otherwise, error.message());
}

void ClientCore::cut_busy() {
  for (ClientConnection* connection : busy) connection->cut();
}

}  // namespace posy::http
