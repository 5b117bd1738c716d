// What the operator's page shows. (docs/posy-api.md)
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "json/omittable.hpp"

namespace posy::api::entities {

struct OverviewAccounts {
  std::int64_t local = 0;
  std::int64_t remote = 0;
  std::int64_t active_month = 0;  // local ones
};
BOOST_DESCRIBE_STRUCT(OverviewAccounts, (), (local, remote, active_month))

struct OverviewStatuses {
  std::int64_t local = 0;
  std::int64_t remote = 0;
};
BOOST_DESCRIBE_STRUCT(OverviewStatuses, (), (local, remote))

struct OverviewStorage {
  std::int64_t database_bytes = 0;
  std::int64_t media_bytes = 0;  // uploads and copies
  std::int64_t cache_bytes = 0;  // of these, copies of other servers' files
  std::optional<std::int64_t> free_bytes;
};
BOOST_DESCRIBE_STRUCT(OverviewStorage, (), (database_bytes, media_bytes, cache_bytes, free_bytes))

struct OverviewQueues {
  std::int64_t deliveries_waiting = 0;
  std::int64_t deliveries_failed = 0;  // given up in the last two weeks, counted up to 1,000
  std::int64_t inbox_waiting = 0;
  std::int64_t jobs_waiting = 0;
};
BOOST_DESCRIBE_STRUCT(OverviewQueues, (), (deliveries_waiting, deliveries_failed, inbox_waiting, jobs_waiting))

struct Overview {
  std::string version;
  std::int64_t uptime_s = 0;
  OverviewAccounts accounts;
  OverviewStatuses statuses;
  OverviewStorage storage;
  OverviewQueues queues;
  std::int64_t memory_bytes = 0;
  std::int64_t hosts_in_trouble = 0;
};
BOOST_DESCRIBE_STRUCT(Overview, (),
                      (version, uptime_s, accounts, statuses, storage, queues, memory_bytes, hosts_in_trouble))

struct TroubledHost {
  std::string host;
  std::int64_t failures = 0;
  std::string reason;
  Time failing_since;
  std::optional<Time> next_try_at;
  std::int64_t waiting = 0;
};
BOOST_DESCRIBE_STRUCT(TroubledHost, (), (host, failures, reason, failing_since, next_try_at, waiting))

struct LocalAccount {
  json::Raw account;  // Account
  std::string email;
  std::string role;
  Time created_at;
  std::optional<Time> last_active_at;
};
BOOST_DESCRIBE_STRUCT(LocalAccount, (), (account, email, role, created_at, last_active_at))

}  // namespace posy::api::entities
