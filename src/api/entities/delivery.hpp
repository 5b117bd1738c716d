// How far posts go and what became of them: entities of Posy's own API. (docs/posy-api.md)
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace posy::api::entities {

// An activity that tells of the post: the post itself, a change of it, or its deletion.
struct DeliveryActivity {
  std::string id;
  std::optional<std::string> kind;  // post, edit, deletion
  std::int64_t servers = 0;
  std::int64_t delivered = 0;
  std::int64_t waiting = 0;
  std::int64_t failed = 0;
  Time started_at;
  std::optional<Time> finished_at;
};
BOOST_DESCRIBE_STRUCT(DeliveryActivity, (),
                      (id, kind, servers, delivered, waiting, failed, started_at, finished_at))

// The figures are of the newest activity.
struct Delivery {
  std::string status_id;
  std::optional<std::string> reach;  // followers, people; null: as posts go
  std::int64_t servers = 0;
  std::int64_t delivered = 0;
  std::int64_t waiting = 0;
  std::int64_t failed = 0;
  std::optional<Time> next_try_at;
  std::optional<Time> started_at;
  std::optional<Time> finished_at;
  std::vector<DeliveryActivity> activities;  // the newest first
};
BOOST_DESCRIBE_STRUCT(Delivery, (),
                      (status_id, reach, servers, delivered, waiting, failed, next_try_at, started_at, finished_at,
                       activities))

struct DeliveryHost {
  std::string host;
  std::string inbox;
  std::string state;                  // waiting, failed
  std::optional<int> failures;        // of the host, one after another; null when given up
  std::optional<std::string> reason;  // why it does not have it; null: it was not tried yet
  std::optional<Time> failing_since;
  std::optional<Time> next_try_at;
  std::optional<Time> failed_at;
};
BOOST_DESCRIBE_STRUCT(DeliveryHost, (),
                      (host, inbox, state, failures, reason, failing_since, next_try_at, failed_at))

struct DeliveryCost {
  std::string visibility;
  bool is_answer = false;
  std::string reach;  // that it would have
  std::int64_t followers = 0;
  std::int64_t people = 0;
};
BOOST_DESCRIBE_STRUCT(DeliveryCost, (), (visibility, is_answer, reach, followers, people))

struct ReachPreferences {
  std::string reply_reach;      // automatic, followers, people
  std::string reply_reach_now;  // what that means today
  std::int64_t servers = 0;     // of her followers
};
BOOST_DESCRIBE_STRUCT(ReachPreferences, (), (reply_reach, reply_reach_now, servers))

}  // namespace posy::api::entities
