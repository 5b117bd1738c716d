#include "store/outgoing.hpp"

#include <algorithm>

namespace posy::store {

void send_to(db::Writer& w, std::int64_t sender, std::string body, std::vector<Address> const& inboxes) {
  if (inboxes.empty()) return;
  Outgoing outgoing{.id = w.make_id<RowId>(),
                    .sender = sender,
                    .body = std::move(body),
                    .waiting = std::ssize(inboxes),
                    .created_at = w.now()};
  w.insert("outgoing", outgoing);
  for (auto const& [host, inbox] : inboxes)
    w.insert("delivery", Delivery{.id = w.make_id<RowId>(),
                                  .outgoing = outgoing.id,
                                  .host = host,
                                  .inbox = inbox,
                                  .run_at = w.now()});
}

std::vector<Delivery> take_deliveries(db::Writer& w, int limit, Milliseconds lease) {
  auto taken = w.all<Delivery>(R"sql(
      update delivery set run_at = $2, attempts = attempts + 1
      where id in (select id from delivery where run_at <= $1 order by run_at, id limit $3) and run_at <= $1
      returning :row
  )sql",
                               w.now(), w.now() + lease, limit);
  std::ranges::sort(taken, {}, &Delivery::id);
  return taken;
}

void release_deliveries(db::Writer& w, Milliseconds lease) {
  w.run("update delivery set run_at = $1 where run_at > $1 and run_at <= $2", w.now(), w.now() + lease);
}

std::optional<Time> next_delivery(db::Reader& r) {
  return r.one<std::optional<Time>>("select min(run_at) from delivery");
}

std::optional<Outgoing> find_outgoing(db::Reader& r, RowId id) {
  return r.find<Outgoing>("select :row from outgoing where id = $1", id);
}

void finish_delivery(db::Writer& w, Delivery const& delivery) {
  if (w.run("delete from delivery where id = $1", delivery.id) == 0) return;
  w.run("update outgoing set waiting = waiting - 1 where id = $1", delivery.outgoing);
  w.run("delete from outgoing where id = $1 and waiting <= 0", delivery.outgoing);
}

void put_delivery_back(db::Writer& w, Delivery const& delivery, Time run_at, std::string_view error) {
  w.run("update delivery set run_at = $2, error = $3 where id = $1", delivery.id, run_at, error);
}

std::optional<Peer> find_peer(db::Reader& r, std::string_view host) {
  return r.find<Peer>("select :row from peer where host = $1", host);
}

void put_peer(db::Writer& w, Peer const& peer) {
  w.run("delete from peer where host = $1", peer.host);
  w.insert("peer", peer);
}

}  // namespace posy::store
