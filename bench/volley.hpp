// Sends prepared requests, each one once, over a number of connections with one under way in each, and keeps
// for each when it was acknowledged.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace posy::bench {

class Volley {
 public:
  explicit Volley(std::vector<std::string> requests)
      : requests_(std::move(requests)), acknowledged_(requests_.size()) {}

  // Ends when all have an answer, or the server has closed all connections. A request that is told to come
  // again (503) is sent again a little later, until `patience_s` is over.
  void run(std::uint16_t port, int connections, double patience_s);

  // From any thread, while it runs.
  int acknowledged() const { return count_; }
  bool is_running() const { return is_running_; }

  // After it: 0 where it was not acknowledged.
  std::int64_t acknowledged_ns(std::size_t request) const { return acknowledged_[request]; }
  double seconds() const { return seconds_; }  // from the first request to the last acknowledgement
  int put_off() const { return put_off_; }     // answers of 503
  std::map<int, int> const& refusals() const { return refusals_; }  // of other kinds, by status
  std::string const& refusal() const { return refusal_; }           // one of them as a sample

 private:
  std::vector<std::string> requests_;
  std::vector<std::int64_t> acknowledged_;
  std::atomic<int> count_{0};
  std::atomic<bool> is_running_{true};
  double seconds_ = 0;
  int put_off_ = 0;
  std::map<int, int> refusals_;
  std::string refusal_;
};

}  // namespace posy::bench
