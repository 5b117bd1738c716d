// Signatures that were taken, for as long as they would be taken again: nobody can send what she overheard.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.hpp"

namespace posy::federation {

class Seen {
 public:
  static constexpr std::size_t entries_max = 250'000;
  static constexpr std::size_t of_one_host_max = 25'000;

  // False when it was there. When there is no room, in all or for this host, it is not remembered: what comes twice
  // is done once anyway, by its id (store/received.hpp).
  bool add(std::string const& host, std::string_view key, Time until, Time now);
  void remove(std::string_view key);  // it was not taken after all

 private:
  struct Entry {
    Time until;
    std::uint64_t host = 0;  // a number for it
  };

  void clean(Time now);
  void forget_one_of(std::uint64_t host);

  std::mutex mutex_;
  std::unordered_map<std::string, Entry> entries_;  // by a digest
  std::unordered_map<std::uint64_t, std::size_t> of_host_;
  Time cleaned_{};
};

}  // namespace posy::federation
