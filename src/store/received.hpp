// Activities that other servers sent: kept from the moment that they are acknowledged until they are done, and
// remembered for a while after that, so that what comes twice is done once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

struct Received {
  RowId id;
  std::string activity;  // its id
  std::string actor;
  std::string body;
  Time received_at;
  std::optional<Time> run_at;  // none once it is done
  int attempts = 0;
  std::string outcome;
};
BOOST_DESCRIBE_STRUCT(Received, (), (id, activity, actor, body, received_at, run_at, attempts, outcome))

bool keep_received(db::Writer& w, Received const& received);  // false when it came before
std::int64_t count_received_waiting(db::Reader& r, int most);
// At most `limit` that are due, in the order in which they came; they are due again after `lease`.
std::vector<Received> take_received(db::Writer& w, int limit, Milliseconds lease);
// At the start of a server that is the only one: what was being done when it stopped is due.
void release_received(db::Writer& w, Milliseconds lease);
std::optional<Time> next_received(db::Reader& r);
void finish_received(db::Writer& w, RowId id, std::string_view outcome);
void put_received_back(db::Writer& w, RowId id, Time run_at, std::string_view outcome);
void uncount_attempt(db::Writer& w, RowId id);  // it was taken and not begun
void forget_received(db::Writer& w, Time before);  // those that are done

}  // namespace posy::store
