// Brings what is in the queue to the other servers (store/outgoing.hpp): in order for each, thousands of them at a
// time, on a loop of its own.
//
// Servers are taken some hundreds at a time with what waits for them first; each is worked off by as many runners as
// it answers to; what became of it is recorded some hundreds at a time, and with it the server is put back. What is for
// a few people has places, signatures and transactions before what is for many. After a kill all begins where the last
// record was made: a receiver may see a few again, with the same id, and misses none.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <thread>
#include <unordered_map>

#include "base/lru.hpp"
#include "federation/delivery/sending.hpp"

namespace posy::federation {

class Engine {
 public:
  // Throws std::runtime_error when the options cannot be understood. At most `sockets` deliveries are under way.
  Engine(Context& context, http::ClientOptions options, int sockets);
  ~Engine();

  void start();
  // Returns when nothing is under way any more, and what is known of it is recorded.
  void stop();
  // From any thread: something was added.
  void wake();
  http::ClientCounts counts() const { return client_.counts(); }

 private:
  struct Item;
  struct Run;  // of one server
  using Taken = std::vector<std::shared_ptr<Run>>;
  // What became of some, to be written down.
  struct Ended {
    store::Peer peer;
    std::optional<Time> not_before;
  };
  struct Record {
    std::vector<store::Delivery> delivered;
    std::vector<store::GivenUp> given_up;
    std::vector<std::string> retired;
    std::vector<AccountId> keyless;
    std::vector<Ended> ended;

    std::size_t size() const { return delivered.size() + given_up.size() + ended.size(); }
    void prepend(Record earlier);
  };

  Task<> feed();
  Task<Milliseconds> take_some();
  Taken take(db::Writer& w, int room, int urgent_room);
  std::deque<Item> load(db::Reader& r, store::Peer const& peer, bool only_urgent);
  void begin(Taken taken);
  Task<> run(std::shared_ptr<Run> run);
  Task<bool> deliver(Run& run, Item item);
  void add_runner(std::shared_ptr<Run> const& run);
  void end(Run& run);
  Task<> steer();
  Task<> record();
  void record_later();
  void write_down(db::Writer& w, Record const& record);

  void look_again();
  bool has_room_for(Run const& run) const;
  int room() const;
  int urgent_room() const;
  int enough_room() const;

  Context& context_;
  boost::asio::io_context loop_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{loop_.get_executor()};
  http::Client client_;
  WorkerPool signers_;
  Lru<Parcel> parcels_;
  boost::asio::steady_timer sleep_;
  boost::asio::steady_timer gathering_;
  std::atomic<bool> woken_{false};
  bool stopping_ = false;   // of the loop
  bool waits_for_room_ = false;
  int under_way_ = 0;  // runners, each with a delivery
  std::unordered_map<std::string, int> of_site_;  // of them
  int const urgent_places_;
  int const places_max_;
  int places_;  // for them, as long as this loop keeps up
  bool is_steering_ = false;

  Record record_;
  std::thread thread_;
};

}  // namespace posy::federation
