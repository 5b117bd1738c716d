// How much of the inbox one server may use: so many activities a second, and a share of the backlog. What is over is
// refused for a while, and nobody else notices.
//
// The share is as large as what is still free: one site alone fills half of the backlog, two that send all they can a
// third each, and whoever comes late finds room: the last tenth is for those who have little there. A site is all the
// names under one domain (site_of), as names cost nothing. What waits is counted by weight (store/received.hpp). Used
// from every thread that serves.
#pragma once

#include <array>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "store/received.hpp"

namespace posy::federation {

class Budgets {
 public:
  static constexpr std::int64_t backlog_max = 100'000;  // activities that wait, in all
  static constexpr std::int64_t reserve = backlog_max / 10;
  static constexpr std::int64_t share_min = 100;        // of one site, however little is free
  // A large server that forwards what its people say of one post stays below this.
  static constexpr double rate_max = 2'000;  // activities a second of one host,
  static constexpr double burst_max = 40'000;  // and so many at once
  static constexpr std::size_t hosts_max = 50'000;

  // Nothing: it may come in, and is counted; else when it may be tried again. Asked when the sender is certain.
  std::optional<std::chrono::seconds> refuse(std::string const& host, std::int64_t backlog, Time now);
  // So much waits of it, as the database has it.
  void note(store::Sender const& sender, Time now);

 private:
  struct Host {
    double spent = 0;  // activities, less what time has given back
    Time counted_at{};
    std::array<std::int64_t, store::received_lanes> waiting{};
    Time noted_at{};
  };

  Host* find(std::string const& name, Time now);  // null: there is no room
  void clean(Time now);
  void add(std::string const& host, std::int64_t waiting);

  std::mutex mutex_;
  std::unordered_map<std::string, Host> hosts_;
  std::unordered_map<std::string, std::int64_t> of_site_;  // that wait; without those of which nothing does
  Time cleaned_{};
};

}  // namespace posy::federation
