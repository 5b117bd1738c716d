// Names to addresses: by the system's resolver on a few threads of its own, since that one blocks; answers
// are remembered for a while, and one lookup serves all that wait for the same name. Belongs to one loop.
//
// Says nothing about whether an address may be used: that is the guard's (address_guard.hpp).
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/task.hpp"
#include "base/worker_pool.hpp"
#include "http/networks.hpp"
#include "http/send_error.hpp"

namespace posy::http {

// May block; called on the resolver's threads, several at once. Empty: there is no such host. Nothing: no
// answer could be had. Must not throw.
using Addresses = std::vector<Address>;
using LookUp = std::function<std::optional<Addresses>(std::string const& host)>;

std::optional<Addresses> look_up_by_system(std::string const& host);

class Resolver : public std::enable_shared_from_this<Resolver> {
 public:
  Resolver(boost::asio::any_io_executor executor, LookUp look_up);
  ~Resolver();  // waits for lookups that run, some seconds at most

  // `host` must live until this ends. Failures: no_such_host, cannot_look_up, timed_out, stopped.
  Task<SendResult<Addresses>> find(std::string const& host, std::chrono::steady_clock::time_point deadline);
  void forget(std::string const& host);  // none of its addresses was any good
  void stop();                           // whoever waits ends

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  struct Known {
    std::optional<Addresses> addresses;
    SteadyTime good_until;
    std::list<std::string>::iterator place;  // in order_
  };
  struct Waiting {
    std::optional<std::optional<Addresses>> found;
    std::vector<boost::asio::steady_timer*> waiters;
  };
  struct Shared {
    std::mutex mutex;
    bool stopped = false;
  };

  std::shared_ptr<Waiting> start(std::string const& host);
  void finish(std::string const& host, std::optional<Addresses> addresses);
  void remember(std::string const& host, std::optional<Addresses> addresses);
  Known const* recall(std::string const& host);

  boost::asio::any_io_executor executor_;
  LookUp look_up_;
  bool stopped_ = false;
  std::unordered_map<std::string, Known> known_;
  std::list<std::string> order_;  // of known_, the oldest first
  std::unordered_map<std::string, std::shared_ptr<Waiting>> waiting_;
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
  WorkerPool threads_;
};

}  // namespace posy::http
