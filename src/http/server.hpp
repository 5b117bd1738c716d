// The HTTP server: one thread and one loop a core; connections are dealt to the loops in turn and stay
// there. The constructor binds, so that port() is known before start().
//
// What handlers use must outlive the Server, which ends every coroutine of theirs when destroyed.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "http/limits.hpp"
#include "http/networks.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "http/router.hpp"

namespace posy::http {

struct ServerOptions {
  std::string listen = "127.0.0.1:8080";  // also "[::1]:0", "0.0.0.0:80", "unix:/run/posy.sock"
  int loops = 0;                          // 0: one a core
  Limits limits{};
  std::filesystem::path spool_dir = std::filesystem::temp_directory_path();
  Networks trusted_proxies = Networks::loopback();
};

// Called on the loop of the connection; they must be quick.
struct Hooks {
  // Before routing; an answer ends the request (CORS preflights).
  std::function<std::optional<Response>(Request const&)> before = {};
  // After every answer, also to a refused request, just before it is sent: security headers, metrics, log.
  std::function<void(Request const&, Response&)> after = {};
  // Instead of response_for() in http/refusal.hpp.
  std::function<Response(std::exception_ptr, Request const&)> on_error = {};
};

class Server {
 public:
  Server(ServerOptions options, Router const& router, Hooks hooks = {});  // throws when it cannot bind
  ~Server();                                                              // stops
  Server(Server const&) = delete;
  Server& operator=(Server const&) = delete;

  std::uint16_t port() const;  // 0 for a Unix socket
  void start();                // returns at once
  void run();                  // start() and wait until stop() has ended
  // Stops accepting, lets running requests end, closes idle connections and tells streams; what has not
  // ended after `stop_grace` is cut off. Waits for it; not to be called from a loop. Safe to call twice.
  void stop();

  std::size_t loop_count() const;
  boost::asio::io_context& loop(std::size_t i);  // to post work to, such as live events for its streams
  std::size_t connection_count() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace posy::http
