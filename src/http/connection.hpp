// One accepted socket and what its loop knows of it; and the loop. Private to http/.
//
// Deadlines cost no timers: a connection notes when it has waited long enough, and its loop looks through
// all of them every so often and cancels what waits too long.
#pragma once

#include <atomic>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "http/server.hpp"

namespace posy::http {

using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, Executor>;
using SteadyTime = std::chrono::steady_clock::time_point;

// What all connections share. Constant once the server runs, but for the counters.
struct Core {
  ServerOptions options;
  Router const& router;
  Hooks hooks;
  std::string id_prefix;
  std::atomic<std::uint64_t> next_id{0};
  std::atomic<bool> stopping{false};

  std::atomic<std::size_t> body_bytes{0};  // of all requests under way
  std::atomic<std::size_t> connections{0};
  bool is_crowded() const {
    auto most = options.limits.connections_max;
    return connections.load(std::memory_order_relaxed) > most - most / 4;
  }
  // Counts a connection of the address; false when it has enough of them.
  bool admit(std::string const& peer);
  void forget(std::string const& peer);

  std::mutex addresses_mutex;
  std::unordered_map<std::string, std::size_t> addresses;

  std::mutex mutex;
  std::condition_variable all_gone;
};

class Connection;

struct Loop {
  explicit Loop(Core& core) : core(core) {}

  Core& core;
  std::vector<Connection*> connections;  // before the context, whose destructor ends them
  boost::asio::io_context context{1};    // one thread runs it
  boost::asio::executor_work_guard<Executor> work{context.get_executor()};
  boost::asio::steady_timer sweep_timer{context};
  std::thread thread;

  std::string const& date();  // for the Date header; made once a second
  void sweep_regularly();
  void ask_all_to_stop();
  void cut_all();

 private:
  std::string date_;
  std::int64_t date_second_ = 0;
};

class Connection {
 public:
  Connection(Loop& loop, Socket socket, std::string peer);
  ~Connection();
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;

  void wait_until(SteadyTime deadline) { deadline_ = deadline, expired_ = false; }
  void wait_for(std::chrono::milliseconds patience) {
    wait_until(std::chrono::steady_clock::now() + patience);
  }
  void wait_forever() { wait_until(SteadyTime::max()); }
  bool expired() const { return expired_; }  // whether the last wait was ended by the deadline

  // Reads more into `in`; false at the end, on errors and when the deadline has come.
  Task<bool> fill(std::size_t bytes_max);
  Task<bool> write(std::string_view head, std::string_view body);
  Task<bool> send_file(int file, std::uint64_t first, std::uint64_t bytes);
  // Closes so that the client can still read the answer though we have not read all it sent.
  Task<> linger();
  void cut();  // at once; whatever waits on the socket ends

  Loop& loop;
  Socket socket;
  std::string const peer;
  boost::beast::flat_buffer in;
  std::string head;                 // of the answer under way; kept for its memory
  bool is_idle = false;             // between two requests
  SteadyTime idle_since{};
  std::function<void()> on_stop{};  // for takeovers
  boost::asio::cancellation_signal cancel;

  void check_deadline(SteadyTime now);

 private:
  SteadyTime deadline_ = SteadyTime::max();
  bool expired_ = false;
  std::size_t place_;  // in loop.connections
};

}  // namespace posy::http
