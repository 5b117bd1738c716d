// One connection that asks and waits, for the few requests that a benchmark itself makes; and somebody who
// looks at her home timeline from time to time while the server is busy.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace posy::bench {

struct Answer {
  int status = 0;
  std::string body;
};

class Client {
 public:
  explicit Client(std::uint16_t port) : port_(port) {}
  ~Client();
  Client(Client const&) = delete;
  Client& operator=(Client const&) = delete;

  // A whole request, head and body. Status 0: there was no answer.
  Answer ask(std::string const& request);

 private:
  std::uint16_t port_;
  int socket_ = -1;
};

class Pulse {
 public:
  Pulse(std::uint16_t port, std::string request, int every_ms);
  ~Pulse();
  Pulse(Pulse const&) = delete;
  Pulse& operator=(Pulse const&) = delete;

  struct Times {
    double p50_ms = 0, p99_ms = 0, most_ms = 0;
    std::size_t count = 0, failures = 0;
  };
  Times stop();

 private:
  std::atomic<bool> stopping_{false};
  std::vector<double> times_;
  std::size_t failures_ = 0;
  std::thread thread_;
};

}  // namespace posy::bench
