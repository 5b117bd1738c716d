// What is on its way to other servers: each activity once, and a row for each inbox that does not have it yet.
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
  std::string body;
  std::int64_t waiting = 0;  // deliveries that are neither done nor given up
  Time created_at;
};
BOOST_DESCRIBE_STRUCT(Outgoing, (), (id, sender, body, waiting, created_at))

struct Delivery {
  RowId id;
  RowId outgoing;
  std::string host;  // with its port, where it is not the usual one
  std::string inbox;
  Time run_at;
  int attempts = 0;
  std::string error;
};
BOOST_DESCRIBE_STRUCT(Delivery, (), (id, outgoing, host, inbox, run_at, attempts, error))

enum class SignatureForm { unknown, cavage, rfc9421 };

struct Peer {
  std::string host;
  SignatureForm signature = SignatureForm::unknown;
  int failures = 0;  // one after another
  std::optional<Time> failed_since;
  std::optional<Time> retry_at;  // nothing is sent before
};
BOOST_DESCRIBE_STRUCT(Peer, (), (host, signature, failures, failed_since, retry_at))

struct Address {
  std::string host;
  std::string inbox;
};

// Nothing when there is nobody to send it to.
void send_to(db::Writer& w, std::int64_t sender, std::string body, std::vector<Address> const& inboxes);
// At most `limit` that are due, of hosts that may be tried; they are due again after `lease`.
std::vector<Delivery> take_deliveries(db::Writer& w, int limit, Milliseconds lease);
// At the start of a server that is the only one: what was being sent when it stopped is due.
void release_deliveries(db::Writer& w, Milliseconds lease);
std::optional<Time> next_delivery(db::Reader& r);
std::optional<Outgoing> find_outgoing(db::Reader& r, RowId id);
void finish_delivery(db::Writer& w, Delivery const& delivery);
void put_delivery_back(db::Writer& w, Delivery const& delivery, Time run_at, std::string_view error);

std::optional<Peer> find_peer(db::Reader& r, std::string_view host);
void put_peer(db::Writer& w, Peer const& peer);

}  // namespace posy::store
