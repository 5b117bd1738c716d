// A server on a free port of loopback, for the tests of this folder.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <string>

#include "http/server.hpp"
#include "http/test_client.hpp"

namespace posy::http::testing {

template <class Function>
Task<Response> answer_at_once(Function function, Request& request) {
  co_return function(request);
}

// A handler that answers at once.
template <class Function>
Handler at_once(Function function) {
  return [function](Request& request) -> Task<Response> { return answer_at_once(function, request); };
}

inline Task<> pause(std::chrono::milliseconds time) {
  auto executor = co_await boost::asio::this_coro::executor;
  boost::asio::steady_timer timer(executor, time);
  co_await timer.async_wait(boost::asio::use_awaitable);
}

struct TestServer {
  Router router;
  ServerOptions options{.listen = "127.0.0.1:0", .loops = 2};
  Hooks hooks;
  std::unique_ptr<Server> server;

  template <class Function>
  void on(Method method, std::string pattern, Function function) {
    router.add({.method = method, .pattern = std::move(pattern), .handler = at_once(function)});
  }
  void start() {
    server = std::make_unique<Server>(options, router, hooks);
    server->start();
  }
  std::uint16_t port() const { return server->port(); }
};

}  // namespace posy::http::testing
