// For tests only: a client with a loop of its own, that the test's thread runs while it waits.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "http/client.hpp"

namespace posy::http::testing {

inline Networks networks(std::vector<std::string> list) {
  return Networks::parse(list).value();
}

// http is allowed, so is loopback, and everything under .test is there.
inline ClientOptions closed_network() {
  ClientOptions options;
  options.allow_http = true;
  options.allowed = networks({"127.0.0.0/8"});
  options.resolve = {{"*.test:*", "127.0.0.1:*"}};
  return options;
}

class Sender {
 public:
  explicit Sender(ClientOptions options = closed_network())
      : client(std::in_place, context.get_executor(), std::move(options)) {}

  using Answer = SendResult<Incoming>;

  Answer get(std::string url) { return send({.url = std::move(url)}); }
  Answer post(std::string url, std::string body) {
    return send({.method = Method::post, .url = std::move(url), .body = std::move(body)});
  }
  Answer send(Outgoing outgoing) {
    std::vector<Outgoing> one;
    one.push_back(std::move(outgoing));
    return std::move(send_all(std::move(one)).front());
  }

  // All at once.
  std::vector<Answer> send_all(std::vector<Outgoing> all) {
    std::vector<std::optional<Answer>> answers(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      boost::asio::co_spawn(context, client->send(std::move(all[i])),
                            [&answers, i](std::exception_ptr thrown, Answer answer) {
                              if (thrown) std::rethrow_exception(thrown);
                              answers[i] = std::move(answer);
                            });
    }
    for (auto& answer : answers) run_until([&] { return answer.has_value(); });
    std::vector<Answer> done;
    for (auto& answer : answers) done.push_back(std::move(*answer));
    return done;
  }

  // Gives the loop time, as it would have in a server.
  void run_for(std::chrono::milliseconds time) {
    context.restart();
    context.run_for(time);
  }

  boost::asio::io_context context{1};
  std::optional<http::Client> client;  // not the one of test_client.hpp

 private:
  template <class Condition>
  void run_until(Condition is_done) {
    context.restart();
    auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!is_done()) {
      if (context.run_one_until(end) == 0) throw std::runtime_error("no answer for twenty seconds");
    }
  }
};

// The failure of what should have failed.
inline Failure failure(SendResult<Incoming> const& answer) {
  if (answer) throw std::runtime_error("answered " + std::to_string(answer->status) + " " + answer->body);
  return answer.error().failure;
}

}  // namespace posy::http::testing

namespace posy::http {
inline void PrintTo(Failure failure, std::ostream* out) {
  *out << name_of(failure);
}  // for GoogleTest
}  // namespace posy::http
