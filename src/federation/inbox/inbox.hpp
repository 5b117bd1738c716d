// What comes in: kept when it is believed, and worked off afterwards.
#pragma once

#include "federation/context.hpp"
#include "federation/pump.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "store/received.hpp"

namespace posy::federation {

// Activities that wait; beyond it no more are taken.
constexpr std::int64_t backlog_max = 100'000;

// Signatures that were taken, for as long as they would be taken again: nobody can send what she overheard.
class Seen {
 public:
  // False when it was there. When there is no room it is not remembered: what comes twice is done once anyway, by its
  // id (store/received.hpp).
  bool add(std::string const& key, Time until, Time now);

 private:
  static constexpr std::size_t entries_max = 500'000;
  std::mutex mutex_;
  std::unordered_map<std::string, Time> until_;
  Time cleaned_{};
};

// POST /inbox and /users/:name/inbox. 202 once the activity is on disk; 401 when the signature does not hold.
Task<http::Response> accept_activity(Context& context, Seen& seen, http::Request const& request,
                                     std::function<void()> wake);

std::shared_ptr<Pump<store::Received>> make_inbox(Context& context);

}  // namespace posy::federation
