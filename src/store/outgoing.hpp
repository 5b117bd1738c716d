// What is on its way to other servers: each activity once, a row for each inbox that does not have it yet, and a
// queue for each server, which is taken as a whole and worked off in order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

struct Outgoing {
  RowId id;
  std::int64_t sender = 0;  // an account, or server_owner
  std::string body;         // empty when it is finished
  std::int64_t waiting = 0;  // deliveries that are neither done nor given up
  Time created_at;
  PostId post;  // that it tells of, if it does
  std::int64_t delivered = 0;
  std::int64_t failed = 0;  // given up
  std::optional<Time> finished_at;

  std::int64_t recipients() const { return waiting + delivered + failed; }
};
BOOST_DESCRIBE_STRUCT(Outgoing, (),
                      (id, sender, body, waiting, created_at, post, delivered, failed, finished_at))

struct Delivery {
  std::string host;  // of the inbox, with its port, where it is not the usual one
  RowId outgoing;
  std::string inbox;
  bool is_urgent = false;  // its activity goes to few
};
BOOST_DESCRIBE_STRUCT(Delivery, (), (host, outgoing, inbox, is_urgent))

struct FailedDelivery {
  RowId outgoing;
  std::string inbox;
  std::string error;
  Time failed_at;
};
BOOST_DESCRIBE_STRUCT(FailedDelivery, (), (outgoing, inbox, error, failed_at))

enum class SignatureForm { unknown, cavage, rfc9421 };

// What is known of a server, and its queue.
struct Peer {
  std::string host;
  SignatureForm signature = SignatureForm::unknown;  // that it accepts
  int failures = 0;                                  // one after another
  std::optional<Time> failed_since;
  std::optional<Time> retry_at;  // nothing is sent before
  std::optional<Time> run_at;    // when its queue goes on; none: nothing waits
  bool is_taken = false;         // somebody is at work on it; run_at is when she has lost it
  bool is_urgent = false;        // something for a few people waits in it, or did when it was put back last
  std::string error;             // why it was not reached last; empty: it was
  std::int64_t lease = 0;        // of the last taking

  bool operator==(Peer const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Peer, (), (host, signature, failures, failed_since, retry_at, run_at, is_taken, is_urgent, error, lease))

// Whom an activity is for.
struct Recipients {
  bool followers = false;              // of the sender, wherever they are
  std::vector<std::string> inboxes{};  // besides, in any order, also twice
  PostId held = {};                    // with `followers`: also those who left since this was made, as they may have it
};

// What goes to so few is urgent: it does not wait behind what goes to many.
constexpr std::int64_t urgent_inboxes_max = 8;
// Nothing when there is nobody to send it to. `post`: that it tells of.
void send_to(db::Writer& w, std::int64_t sender, std::string body, Recipients const& recipients, PostId post = {});

// At most `limit` servers whose queues go on now, the urgent ones first; they are ours for the `lease`.
std::vector<Peer> take_peers(db::Writer& w, int limit, Milliseconds lease);
std::vector<Peer> take_urgent_peers(db::Writer& w, int limit, Milliseconds lease);
// At the start of a server that is the only one: nobody else is at work on what was taken before.
void release_peers(db::Writer& w);
// After the clock was set back: what was to wait until a time waits so much less.
void bring_peers_forward(db::Writer& w, Milliseconds by);
std::optional<Time> next_peer(db::Reader& r);
std::optional<Time> next_urgent_peer(db::Reader& r);
// It is nobody's any more, and goes on at once if something waits, or when it may be tried again.
// `not_before`: also not sooner than that. Nothing happens when it was taken by another one meanwhile.
void put_peer_back(db::Writer& w, Peer const& peer, std::optional<Time> not_before = {});
std::optional<Peer> find_peer(db::Reader& r, std::string_view host);

// What waits for one server, in the order in which it is to have it.
std::vector<Delivery> waiting_for(db::Reader& r, std::string_view host, int limit);
// Of that what is urgent, but for what tells of a post behind something that is not: that may not be overtaken.
std::vector<Delivery> urgent_for(db::Reader& r, std::string_view host, int limit);
std::optional<Outgoing> find_outgoing(db::Reader& r, RowId id);
std::vector<Outgoing> outgoing_of(db::Reader& r, PostId post, int limit);  // the newest first
void finish_deliveries(db::Writer& w, std::vector<Delivery> const& deliveries);
struct GivenUp {
  Delivery delivery;
  std::string error;
};
void give_up_deliveries(db::Writer& w, std::vector<GivenUp> const& deliveries);
std::vector<FailedDelivery> failed_deliveries(db::Reader& r, RowId outgoing, int limit);
void forget_outgoing(db::Writer& w, Time before);  // those that are finished
// Servers that work, to which nothing was sent since; at most `limit` of them. Says how many.
int forget_idle_peers(db::Writer& w, Time before, int limit);

// Nothing is sent to an inbox that is gone, until it is heard of again.
void retire_inbox(db::Writer& w, std::string_view inbox);
void revive_inbox(db::Writer& w, std::string_view inbox);
bool is_retired(db::Reader& r, std::string_view inbox);

}  // namespace posy::store
