// One errand to other servers: everything that is fetched for one activity, one search, one look at a thread. It has
// so many requests and no more, whatever the documents name that it meets; it keeps a pause between two requests to
// one server, leaves a server alone that does not answer, and ends in time.
#pragma once

#include <chrono>
#include <string>
#include <unordered_map>

#include "base/error.hpp"
#include "base/task.hpp"

namespace posy::federation {

struct Manners {
  int requests = 50;
  int per_host = 50;
  int strangers = 20;  // whom posts name and nobody here knows: fetched, in all
  std::chrono::milliseconds pause{0};
  std::chrono::seconds time{120};
};

class Errand {
 public:
  explicit Errand(Manners manners = {});
  Errand(Errand const&) = delete;
  Errand& operator=(Errand const&) = delete;

  // Before a request: waits for the pause. Refused with too_many when there may be none any more.
  Task<Result<>> admit(std::string host);
  void failed(std::string const& host);  // it did not answer
  void end() { left_ = 0; }              // nothing more may be asked: this server is being stopped

  int left() const { return left_; }
  bool take_stranger();  // false: enough of them

 private:
  using Clock = std::chrono::steady_clock;
  struct Host {
    int requests = 0;
    int failures = 0;
    Clock::time_point next{};
  };

  Manners manners_;
  int left_;
  Clock::time_point until_;
  std::unordered_map<std::string, Host> hosts_;  // at most one for each request
};

}  // namespace posy::federation
