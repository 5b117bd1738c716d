// The HTTP client: the only way from here to other servers. Every connection passes the address guard
// (address_guard.hpp), on every redirect and every retry; every exchange ends in time, whatever the other
// side does; what it sends is bounded and never decoded (Accept-Encoding: identity).
//
// A Client belongs to one loop that one thread runs: send() is awaited there, from elsewhere by co_spawn onto
// executor(). It is destroyed before its loop's context, on that thread or when the loop no longer runs;
// exchanges under way keep what they need, and end with Failure::stopped.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/task.hpp"
#include "http/headers.hpp"
#include "http/networks.hpp"
#include "http/request.hpp"
#include "http/resolver.hpp"
#include "http/send_error.hpp"

namespace posy::http {

struct ClientOptions {
  bool allow_http = false;                     // setting federation.scheme = "http"; otherwise https only
  Networks allowed = {};                       // federation.allow-addresses
  std::string ca_file = {};                    // federation.ca-file: trusted besides the system's
  std::map<std::string, std::string> resolve;  // federation.resolve; the guard is asked about these too
  std::string user_agent = "Posy";

  std::chrono::milliseconds connect_timeout{10'000};  // looking up, connecting and TLS together
  std::chrono::milliseconds read_timeout{15'000};     // without a single byte
  std::chrono::milliseconds total_timeout{30'000};    // the whole exchange with its redirects
  std::size_t header_max = 32 * 1024;
  std::size_t body_max = 1024 * 1024;
  std::size_t redirects_max = 3;

  std::size_t tls_sessions_max = 256;  // kept for the next connection to the same origin, some 2 KiB each, 4 at most
  std::size_t idle_per_host_max = 4;
  std::size_t idle_max = 256;
  std::chrono::milliseconds idle_time{20'000};        // a connection that nobody used for this long is closed
  std::chrono::milliseconds connection_age{300'000};  // so that a host can move away from its address

  LookUp look_up = {};  // instead of the system's; for tests
  // Asked before each hop, redirects included, on the client's loop: false ends the exchange with refused_address.
  std::function<bool(std::string_view host)> may_reach = {};
};

struct Outgoing {
  Method method = Method::get;
  std::string url;
  // Host, Content-Length, Connection and Accept-Encoding are the client's and replaced; User-Agent is added
  // when missing.
  Headers headers = {};
  std::string body = {};
  std::shared_ptr<std::string const> shared_body = {};  // instead of `body`, where many send the same
  std::optional<std::size_t> body_max = {};  // of the answer, instead of the client's
  bool cut_body = false;  // what comes behind body_max is left out, instead of refused
  std::optional<std::chrono::milliseconds> total_timeout = {};
  bool follow_redirects = true;  // GET and HEAD only; another method gets the 3xx itself
  // Called before each hop with `url` as it will be asked: to sign anew for each target. It may change
  // headers and body. On the way to another origin Authorization, Cookie and signatures are taken out first.
  std::function<void(Outgoing&)> prepare = {};
  // Takes the body of a 200 piece by piece, in place of Incoming::body: for what is too large for memory. False
  // ends the exchange (Failure::stopped).
  std::function<bool(std::string_view)> take_body = {};
  // Awaited after each piece that was taken, before more is read: for what takes long. False ends the exchange
  // likewise.
  std::function<Task<bool>()> drain = {};
  // Instead of the client's own: for requests that other rules count for.
  std::function<bool(std::string_view host)> may_reach = {};
};

struct Incoming {
  unsigned status = 0;
  Headers headers;
  std::string body;
  std::string final_url;  // that of the last hop
};

// Any thread may read these.
struct ClientCounts {
  std::size_t exchanges = 0;    // under way
  std::size_t connections = 0;  // open, idle ones among them
  std::size_t idle = 0;
  std::uint64_t opened = 0;  // connections, since the start
  std::uint64_t reused = 0;
  std::uint64_t resumed = 0;  // TLS sessions, of the connections
};

class Client {
 public:
  // Throws std::runtime_error when the CA file cannot be read or the resolve table cannot be understood.
  Client(boost::asio::any_io_executor executor, ClientOptions options);
  ~Client();
  Client(Client const&) = delete;
  Client& operator=(Client const&) = delete;

  // Any status is an answer; only what got none is an error. A request on a kept connection that ended
  // before the first byte of an answer is sent once more on a fresh one, also a POST: what is sent here is
  // told apart by its id on the other side.
  Task<SendResult<Incoming>> send(Outgoing outgoing);

  // Ends all exchanges with Failure::stopped and refuses new ones. From any thread; returns at once.
  void stop();

  boost::asio::any_io_executor executor() const;
  ClientCounts counts() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace posy::http
