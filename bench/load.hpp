// The load generator: one thread, a fixed number of keep-alive connections, each with one request under way.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace posy::bench {

struct Load {
  std::uint16_t port = 0;
  int connections = 1;
  bool is_fresh = false;  // each request has a connection of its own
  std::chrono::milliseconds warm_up{500};
  std::chrono::milliseconds duration{3000};
  // The whole request, head and body; called for each one.
  std::function<std::string()> request;
};

struct Figures {
  double per_second = 0;
  double p50_ms = 0;
  double p99_ms = 0;
  std::uint64_t answers = 0;
  std::uint64_t failures = 0;  // answers other than 2xx
  double kilobytes = 0;        // of an answer's body, on average
};

// Throws std::runtime_error when the server closes a connection.
Figures run(Load const& load);

// To this machine, without delay. Throws std::runtime_error when nobody listens.
int open_socket(std::uint16_t port);
// What the lines of a head say of the body's length; 0 when they do not.
std::size_t content_length(std::string_view head);

// "GET PATH" with a token, if there is one.
std::string get(std::string const& path, std::string const& token = {});
std::string post(std::string const& path, std::string const& token, std::string const& form);

}  // namespace posy::bench
