// Activities that other servers sent: kept from the moment that they are acknowledged until they are done, and
// remembered for a while after that, so that what comes twice is done once.
//
// Each server has a queue in each lane, which is taken as a whole and worked off in order: whoever sends a million
// activities, or such that take long, holds up nobody but herself.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

// Work of an earlier lane is taken first. What belongs together, as a post and its edits or a mark and its undoing,
// is of one lane.
enum class ReceivedLane {
  letters,   // posts for people here and not for everybody
  mentions,  // other posts that name people here
  others,
};
inline constexpr int received_lanes = 3;

struct Received {
  RowId id;
  std::string activity;  // its id
  std::string actor;
  std::string body;
  Time received_at;
  std::optional<Time> run_at;  // none once it is done
  int attempts = 0;
  std::string outcome;
  std::string host;  // that sent it
  ReceivedLane lane = ReceivedLane::others;
  // What it counts for wherever activities that wait are counted, so that a bound of their number bounds their bytes.
  std::int64_t weight = 1;
};
BOOST_DESCRIBE_STRUCT(Received, (),
                      (id, activity, actor, body, received_at, run_at, attempts, outcome, host, lane, weight))

inline constexpr std::size_t bytes_of_one = 16 << 10;  // a longer activity counts for several
constexpr std::int64_t weight_of(std::size_t bytes) { return static_cast<std::int64_t>(bytes / bytes_of_one) + 1; }

// The queue of a server.
struct Sender {
  ReceivedLane lane{};
  std::string host;
  Time run_at;            // when it goes on
  bool is_taken = false;  // somebody is at work on it; run_at is when she has lost it
  std::int64_t waiting = 0;  // weight
  std::int64_t lease = 0;    // of the last taking
};
BOOST_DESCRIBE_STRUCT(Sender, (), (lane, host, run_at, is_taken, waiting, lease))

struct Kept {
  std::vector<bool> is_new;     // of each; false: it came before
  std::vector<Sender> senders;  // whose queues have grown
};
Kept keep_received(db::Writer& w, std::span<Received const> received);
std::int64_t weigh_received_waiting(db::Reader& r);
std::optional<Time> next_sender(db::Reader& r, ReceivedLane lane);

// At most `limit` servers whose queues go on now; they are ours for the `lease`.
std::vector<Sender> take_senders(db::Writer& w, ReceivedLane lane, int limit, Milliseconds lease);
// At the start of a server that is the only one: nobody else is at work on what was taken before.
void release_senders(db::Writer& w);
// After the clock was set back: what was to wait until a time waits so much less.
void bring_received_forward(db::Writer& w, Milliseconds by);
// Those of one queue that are due, in the order in which they came.
std::vector<Received> due_received(db::Reader& r, ReceivedLane lane, std::string_view host, int limit);

// The weight of those that were not done before; it is to be taken out of that of their queue.
std::int64_t finish_received(db::Writer& w, std::vector<RowId> const& ids, std::string_view outcome);
void put_received_back(db::Writer& w, RowId id, Time run_at, std::string_view outcome);
// Somebody is still at work on it, for so long, while its queue goes on.
void set_received_aside(db::Writer& w, std::vector<RowId> const& ids, Time until);
// The queue has grown shorter. Nothing when it is not there.
std::optional<Sender> shorten_sender(db::Writer& w, ReceivedLane lane, std::string_view host, std::int64_t by);
// It is nobody's any more, and goes on when its next activity is due; it ends when none is left. Nothing happens when it
// was taken by another one meanwhile. It has its next turn after `rest` at the earliest, or when more comes.
void put_sender_back(db::Writer& w, Sender const& sender, Milliseconds rest = Milliseconds{0});

// What was done may be done again under the same id: some servers have one id for each follow of the same two.
void allow_again(db::Writer& w, std::string_view activity);
// Those that are done; true when there may be more.
bool forget_received(db::Writer& w, Time before, int limit);

}  // namespace posy::store
