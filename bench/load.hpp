// The load generator: one thread, a fixed number of keep-alive connections, each with one request under way.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace posy::bench {

struct Load {
  std::uint16_t port = 0;
  int connections = 1;
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

// "GET PATH" with a token, if there is one.
std::string get(std::string const& path, std::string const& token = {});
std::string post(std::string const& path, std::string const& token, std::string const& form);

}  // namespace posy::bench
