// Works off what was kept (store/received.hpp): queue by queue, a slice of a queue at a time, so that a server that
// sent a million activities has its turn like one that sent a single one; letters before posts that name people here,
// those before all else, each lane with places of its own.
//
// Within a slice order is kept where it matters: among what one actor sent, and between a post and what refers to it.
// Everything else is side by side. What takes longer than `patience`, as it waits for other servers, is set aside and
// finished by itself, while its queue goes on; whatever names one site has, only so much of it is at work and set aside
// together, so that one whose answers take for ever keeps nobody waiting. What is done is recorded a slice at a time: after a kill some of it is
// done again, which changes nothing.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "federation/context.hpp"
#include "store/received.hpp"

namespace posy::federation {

class Workshop : public std::enable_shared_from_this<Workshop> {
 public:
  // Queues at work in each lane. A queue waits for three commits, to be taken, to be worked off and to be recorded, and
  // the more wait at once the fewer commits there are; many more would only make letters slower.
  static constexpr std::array<int, store::received_lanes> places{64, 48, 16};

  explicit Workshop(Context& context) : context_(context), timer_(context.client.executor()) {}

  void start();
  void wake();  // something was kept; from any thread
  void stop();  // likewise

 private:
  struct Item;
  struct Bench;
  struct Slice {
    store::Sender sender;
    std::vector<store::Received> rows;
  };
  using Rooms = std::array<int, store::received_lanes>;

  Task<> run();
  Task<Milliseconds> fill();  // how long to sleep then
  using Sites = std::unordered_map<std::string, int>;
  static std::vector<Slice> take(db::Writer& w, Rooms const& rooms, Sites of_site, std::size_t bytes_held);
  void leave_site(std::string const& site);
  Task<> drain(Slice slice);
  Task<> drain_safely(Slice slice);
  Task<std::shared_ptr<Bench>> work_off(std::vector<store::Received> rows, std::string const& site);
  Task<> work_at(std::shared_ptr<Bench> bench);
  Task<> act_safely(Item& item);
  static void put_back(db::Writer& w, Item const& item);
  Task<> record_late(Item& item, std::vector<RowId> rest);

  Context& context_;
  boost::asio::steady_timer timer_;
  std::atomic<bool> woken_{false};
  std::atomic<bool> stopping_{false};
  Rooms busy_{};   // queues at work
  int late_ = 0;   // benches that were set aside
  Sites of_site_;  // queues at work and benches that were set aside, of each site
  std::size_t bytes_held_ = 0;  // of bodies of slices at work
};

}  // namespace posy::federation
