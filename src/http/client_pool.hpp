// Connections that nobody uses at the moment, kept for the next request to the same origin: a few for each,
// not too many in all, not for long. Private to http/.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "http/client_core.hpp"

namespace posy::http {

class ClientPool : public std::enable_shared_from_this<ClientPool> {
 public:
  using Pointer = std::shared_ptr<ClientConnection>;
  explicit ClientPool(ClientCore const& core);

  Pointer take(std::string const& origin);  // the one used last, or null
  void put(Pointer connection);
  void clear();

 private:
  using SteadyTime = ClientConnection::SteadyTime;
  struct Idle {
    Pointer connection;
    SteadyTime since;
  };
  using Place = std::list<Idle>::iterator;

  Place remove(Place place);
  bool is_fresh(Idle const& idle, SteadyTime now) const;
  void sweep();
  void sweep_later();

  ClientCore const& core_;
  boost::asio::steady_timer timer_;
  bool will_sweep_ = false;
  std::list<Idle> order_;                                   // the longest idle first
  std::unordered_map<std::string, std::vector<Place>> of_;  // by origin, likewise
};

}  // namespace posy::http
