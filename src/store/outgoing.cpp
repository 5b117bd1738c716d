#include "store/outgoing.hpp"

#include <algorithm>

namespace posy::store {
namespace {

// A queue that rests goes on when its rest is over, one that somebody is at work on when she is done.
void wake_peer(db::Writer& w, std::string_view host) {
  w.run(R"sql(
      insert into peer (host, run_at) values ($1, $2)
      on conflict (host) do update set run_at = case
        when peer.is_taken = 1 then peer.run_at
        when peer.retry_at > $2 then peer.retry_at
        else $2
      end
  )sql",
        host, w.now());
}

void finish(db::Writer& w, RowId outgoing) {
  w.run("update outgoing set finished_at = $2, body = '' where id = $1 and waiting <= 0", outgoing, w.now());
  // Nobody asks what became of a favourite.
  w.run("delete from outgoing where id = $1 and waiting <= 0 and post is null", outgoing);
}

}  // namespace

void send_to(db::Writer& w, std::int64_t sender, std::string body, std::vector<Address> const& inboxes, PostId post) {
  if (inboxes.empty()) return;
  Outgoing outgoing{.id = w.make_id<RowId>(),
                    .sender = sender,
                    .body = std::move(body),
                    .waiting = std::ssize(inboxes),
                    .created_at = w.now(),
                    .post = post};
  w.insert("outgoing", outgoing);
  std::vector<std::string_view> hosts;
  for (auto const& [host, inbox] : inboxes) {
    w.insert("delivery", Delivery{.id = w.make_id<RowId>(),
                                  .outgoing = outgoing.id,
                                  .host = host,
                                  .inbox = inbox,
                                  .run_at = w.now()});
    hosts.push_back(host);
  }
  // In one order, so that two who do this wait for each other instead of crossing.
  std::ranges::sort(hosts);
  hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
  for (auto host : hosts) wake_peer(w, host);
}

std::vector<Peer> take_peers(db::Writer& w, int limit, Milliseconds lease) {
  return w.all<Peer>(R"sql(
      update peer set run_at = $2, is_taken = 1
      where host in (select host from peer where run_at is not null and run_at <= $1 order by run_at limit $3)
        and run_at <= $1
      returning :row
  )sql",
                     w.now(), w.now() + lease, limit);
}

void release_peers(db::Writer& w) {
  w.run("update peer set run_at = $1, is_taken = 0 where run_at is not null and is_taken = 1", w.now());
}

std::optional<Time> next_peer(db::Reader& r) {
  return r.one<std::optional<Time>>("select min(run_at) from peer where run_at is not null");
}

void put_peer_back(db::Writer& w, Peer const& peer) {
  // The row is locked before its deliveries are looked at: whoever adds one now wakes it after us.
  w.run(R"sql(
      update peer set signature = $2, failures = $3, failed_since = $4, retry_at = $5, run_at = null, is_taken = 0
      where host = $1
  )sql",
        peer.host, peer.signature, peer.failures, peer.failed_since, peer.retry_at);
  auto next = w.one<std::optional<Time>>("select min(run_at) from delivery where host = $1", peer.host);
  if (!next) return;
  next = std::max(*next, w.now());  // behind those that wait already
  if (peer.retry_at) next = std::max(*next, *peer.retry_at);
  w.run("update peer set run_at = $2 where host = $1", peer.host, *next);
}

std::optional<Peer> find_peer(db::Reader& r, std::string_view host) {
  return r.find<Peer>("select :row from peer where host = $1", host);
}

std::vector<Delivery> due_deliveries(db::Reader& r, std::string_view host, int limit) {
  auto rows = r.all<Delivery>(
      "select :row from delivery where host = $1 and run_at <= $2 order by run_at, id limit $3", host, r.now(), limit);
  std::ranges::sort(rows, {}, &Delivery::id);
  return rows;
}

std::optional<Outgoing> find_outgoing(db::Reader& r, RowId id) {
  return r.find<Outgoing>("select :row from outgoing where id = $1", id);
}

std::vector<Outgoing> outgoing_of(db::Reader& r, PostId post, int limit) {
  return r.all<Outgoing>("select :row from outgoing where post = $1 order by id desc limit $2", post, limit);
}

void finish_delivery(db::Writer& w, Delivery const& delivery) {
  if (w.run("delete from delivery where id = $1", delivery.id) == 0) return;
  w.run("update outgoing set waiting = waiting - 1, delivered = delivered + 1 where id = $1", delivery.outgoing);
  finish(w, delivery.outgoing);
}

void give_up_delivery(db::Writer& w, Delivery const& delivery, std::string_view error) {
  if (w.run("delete from delivery where id = $1", delivery.id) == 0) return;
  w.run("update outgoing set waiting = waiting - 1, failed = failed + 1 where id = $1", delivery.outgoing);
  w.insert_new("failed_delivery", FailedDelivery{delivery.outgoing, delivery.inbox, std::string(error), w.now()});
  finish(w, delivery.outgoing);
}

void put_delivery_back(db::Writer& w, Delivery const& delivery, Time run_at, std::string_view error) {
  w.run("update delivery set run_at = $2, attempts = $4, error = $3 where id = $1", delivery.id, run_at, error,
        delivery.attempts);
}

std::vector<FailedDelivery> failed_deliveries(db::Reader& r, RowId outgoing, int limit) {
  return r.all<FailedDelivery>("select :row from failed_delivery where outgoing = $1 order by inbox limit $2", outgoing,
                               limit);
}

void forget_outgoing(db::Writer& w, Time before) {
  w.run("delete from outgoing where finished_at < $1", before);
}

void retire_inbox(db::Writer& w, std::string_view inbox) {
  w.run("insert into retired_inbox (inbox, retired_at) values ($1, $2) on conflict do nothing", inbox, w.now());
}

void revive_inbox(db::Writer& w, std::string_view inbox) {
  w.run("delete from retired_inbox where inbox = $1", inbox);
}

bool is_retired(db::Reader& r, std::string_view inbox) {
  return r.find<int>("select 1 from retired_inbox where inbox = $1", inbox).has_value();
}

}  // namespace posy::store
