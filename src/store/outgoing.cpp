#include "store/outgoing.hpp"

#include <algorithm>
#include <map>

#include "store/audience.hpp"
#include "store/measure.hpp"

namespace posy::store {
namespace {

// A queue that rests goes on when its rest is over, one that somebody is at work on when she is done.
// In one order everywhere, so that two who do this wait for each other instead of crossing.
void wake_peer(db::Writer& w, std::string_view host, bool is_urgent) {
  w.run(R"sql(
      insert into peer (host, run_at, is_urgent) values ($1, $2, $3)
      on conflict (host) do update set
        run_at = case when peer.is_taken = 1 or peer.run_at <= $2 then peer.run_at
                      when peer.retry_at > $2 then peer.retry_at else $2 end,
        is_urgent = case when $3 = 1 then 1 else peer.is_urgent end
  )sql",
        host, w.now(), is_urgent);
}

// Of two processes, one may write that somebody left while the other one sends her something.
constexpr Milliseconds crossing = std::chrono::minutes(1);

// `held`: also to those who left since.
std::int64_t add_followers(db::Writer& w, Outgoing const& outgoing, PostId held) {
  auto added = w.run(R"sql(
      insert into delivery (host, outgoing, inbox)
      select a.host, $2, a.inbox from audience a
      where a.account = $1 and a.is_beyond = 0 and (select 1 from retired_inbox r where r.inbox = a.inbox) is null
      order by a.host, a.inbox
      on conflict do nothing
  )sql",
                     outgoing.sender, outgoing.id);
  if (held) {
    added += w.run(R"sql(
        insert into delivery (host, outgoing, inbox)
        select a.host, $2, a.inbox from former_audience a
        where a.account = $1 and a.left_at_id >= $3 and (select 1 from retired_inbox r where r.inbox = a.inbox) is null
        order by a.host, a.inbox
        on conflict do nothing
    )sql",
                   outgoing.sender, outgoing.id, first_id_at(time_of_id(held.value) - crossing));
  }
  if (added == 0) return 0;
  w.run(R"sql(
      insert into peer (host, run_at)
      select distinct d.host, cast($2 as bigint) from delivery d where d.outgoing = $1 order by d.host
      on conflict (host) do update set
        run_at = case when peer.is_taken = 1 or peer.run_at <= $2 then peer.run_at
                      when peer.retry_at > $2 then peer.retry_at else $2 end
  )sql",
        outgoing.id, w.now());
  return added;
}

std::int64_t add_inboxes(db::Writer& w, Outgoing const& outgoing, Recipients const& recipients) {
  std::vector<Delivery> deliveries;
  for (auto const& inbox : recipients.inboxes)
    if (auto host = host_of_inbox(inbox); !host.empty()) deliveries.push_back({host, outgoing.id, inbox});
  auto place = [](Delivery const& d) { return std::tie(d.host, d.inbox); };
  std::ranges::sort(deliveries, {}, place);
  bool is_urgent = !recipients.followers && std::ssize(deliveries) <= urgent_inboxes_max;
  std::int64_t added = 0;
  std::string_view woken;
  for (auto& delivery : deliveries) {
    delivery.is_urgent = is_urgent;
    if (!w.insert_new("delivery", delivery)) continue;
    ++added;
    if (delivery.host != woken) wake_peer(w, delivery.host, is_urgent);
    woken = delivery.host;
  }
  return added;
}

// What became of some deliveries of one activity.
struct Counts {
  std::int64_t delivered = 0, failed = 0;
};

void count(db::Writer& w, std::map<RowId, Counts> const& counts) {
  std::map<std::int64_t, Counts> of_sender;
  for (auto const& [outgoing, n] : counts) {
    auto const senders = w.all<std::int64_t>(R"sql(
        update outgoing set waiting = waiting - $2 - $3, delivered = delivered + $2, failed = failed + $3 where id = $1
        returning sender
    )sql",
                                             outgoing, n.delivered, n.failed);
    for (auto sender : senders) {
      if (sender != whole_server) of_sender[sender].delivered += n.delivered;
      of_sender[whole_server].delivered += n.delivered;
      of_sender[whole_server].failed += n.failed;
    }
    w.run("update outgoing set finished_at = $2, body = '' where id = $1 and waiting <= 0", outgoing, w.now());
    // Nobody asks what became of a favourite.
    w.run("delete from outgoing where id = $1 and waiting <= 0 and post is null", outgoing);
  }
  for (auto const& [sender, n] : of_sender) {
    add_to_measure(w, sender, Measure::delivered, n.delivered);
    add_to_measure(w, sender, Measure::failed, n.failed);
  }
}

bool take_out(db::Writer& w, Delivery const& delivery) {
  return w.run("delete from delivery where host = $1 and outgoing = $2 and inbox = $3", delivery.host,
               delivery.outgoing, delivery.inbox) > 0;
}

std::vector<Peer> take(db::Writer& w, bool is_urgent, int limit, Milliseconds lease) {
  return w.all<Peer>(R"sql(
      update peer set run_at = $2, is_taken = 1, lease = $5
      where host in (select host from peer where is_urgent = $4 and run_at is not null and run_at <= $1
                     order by run_at limit $3)
        and run_at <= $1
      returning :row
  )sql",
                     w.now(), w.now() + lease, limit, is_urgent, w.make_id<RowId>());
}

}  // namespace

void send_to(db::Writer& w, std::int64_t sender, std::string body, Recipients const& recipients, PostId post) {
  if (!recipients.followers && recipients.inboxes.empty()) return;
  Outgoing outgoing{
      .id = w.make_id<RowId>(), .sender = sender, .body = std::move(body), .created_at = w.now(), .post = post};
  w.insert("outgoing", outgoing);
  auto waiting = recipients.followers ? add_followers(w, outgoing, recipients.held) : 0;
  waiting += add_inboxes(w, outgoing, recipients);
  if (waiting > 0) w.run("update outgoing set waiting = $2 where id = $1", outgoing.id, waiting);
  else w.run("delete from outgoing where id = $1", outgoing.id);
}

std::vector<Peer> take_urgent_peers(db::Writer& w, int limit, Milliseconds lease) { return take(w, true, limit, lease); }

std::vector<Peer> take_peers(db::Writer& w, int limit, Milliseconds lease) {
  auto taken = take(w, true, limit, lease);
  int room = limit - static_cast<int>(taken.size());
  if (room > 0)
    for (auto& peer : take(w, false, room, lease)) taken.push_back(std::move(peer));
  return taken;
}

void release_peers(db::Writer& w) {
  for (bool is_urgent : {true, false})
    w.run("update peer set run_at = $1, is_taken = 0 where is_urgent = $2 and run_at is not null and is_taken = 1",
          w.now(), is_urgent);
}

void bring_peers_forward(db::Writer& w, Milliseconds by) {
  for (bool is_urgent : {true, false})
    w.run(R"sql(
        update peer set run_at = case when run_at - $2 > $1 then run_at - $2 else $1 end
        where is_urgent = $3 and run_at is not null and run_at > $1
    )sql",
          w.now(), by.count(), is_urgent);
  w.run("update peer set retry_at = retry_at - $2 where failed_since is not null and retry_at > $1", w.now(), by.count());
}

std::optional<Time> next_urgent_peer(db::Reader& r) {
  return r.one<std::optional<Time>>("select min(run_at) from peer where is_urgent = 1 and run_at is not null");
}

std::optional<Time> next_peer(db::Reader& r) {
  auto next = r.one<std::optional<Time>>("select min(run_at) from peer where is_urgent = 0 and run_at is not null");
  auto urgent = next_urgent_peer(r);
  return next && urgent ? std::min(next, urgent) : next ? next : urgent;
}

void put_peer_back(db::Writer& w, Peer const& peer, std::optional<Time> not_before) {
  // The row is locked before its deliveries are looked at: whoever adds one now wakes it after us.
  auto const ours = w.run(R"sql(
      update peer set signature = $2, failures = $3, failed_since = $4, retry_at = $5, error = $6, run_at = null,
        is_taken = 0, is_urgent = 0, used_at = $8
      where host = $1 and lease = $7
  )sql",
                          peer.host, peer.signature, peer.failures, peer.failed_since, peer.retry_at, peer.error,
                          peer.lease, w.now());
  if (ours == 0) return;
  if (!w.find<int>("select 1 from delivery where host = $1 limit 1", peer.host)) return;
  auto next = w.now();  // behind those that wait already
  for (auto const& bound : {peer.retry_at, not_before})
    if (bound) next = std::max(next, *bound);
  // A server that does not answer takes no place from those that do.
  bool const is_urgent = peer.failures == 0 &&
                         w.find<int>("select 1 from delivery where host = $1 and is_urgent = 1 limit 1", peer.host);
  w.run("update peer set run_at = $2, is_urgent = $3 where host = $1", peer.host, next, is_urgent);
}

std::optional<Peer> find_peer(db::Reader& r, std::string_view host) {
  return r.find<Peer>("select :row from peer where host = $1", host);
}

std::vector<Delivery> waiting_for(db::Reader& r, std::string_view host, int limit) {
  return r.all<Delivery>("select :row from delivery where host = $1 order by outgoing, inbox limit $2", host, limit);
}

std::vector<Delivery> urgent_for(db::Reader& r, std::string_view host, int limit) {
  return r.all<Delivery>(R"sql(
      select :row(d) from delivery d join outgoing o on o.id = d.outgoing
      where d.host = $1 and d.is_urgent = 1
        and (select 1 from outgoing e
             where e.post = o.post and e.id < o.id
               and (select 1 from delivery b where b.host = d.host and b.outgoing = e.id and b.inbox = d.inbox
                      and b.is_urgent = 0) is not null
             limit 1) is null
      order by d.outgoing, d.inbox limit $2
  )sql",
                         host, limit);
}

std::optional<Outgoing> find_outgoing(db::Reader& r, RowId id) {
  return r.find<Outgoing>("select :row from outgoing where id = $1", id);
}

std::vector<Outgoing> outgoing_of(db::Reader& r, PostId post, int limit) {
  return r.all<Outgoing>("select :row from outgoing where post = $1 order by id desc limit $2", post, limit);
}

void finish_deliveries(db::Writer& w, std::vector<Delivery> const& deliveries) {
  std::map<RowId, Counts> counts;
  for (auto const& delivery : deliveries)
    if (take_out(w, delivery)) ++counts[delivery.outgoing].delivered;
  count(w, counts);
}

void give_up_deliveries(db::Writer& w, std::vector<GivenUp> const& deliveries) {
  std::map<RowId, Counts> counts;
  for (auto const& [delivery, error] : deliveries) {
    if (!take_out(w, delivery)) continue;
    ++counts[delivery.outgoing].failed;
    w.insert_new("failed_delivery", FailedDelivery{delivery.outgoing, delivery.inbox, error, w.now()});
  }
  count(w, counts);
}

std::vector<FailedDelivery> failed_deliveries(db::Reader& r, RowId outgoing, int limit) {
  return r.all<FailedDelivery>("select :row from failed_delivery where outgoing = $1 order by inbox limit $2", outgoing,
                               limit);
}

void forget_outgoing(db::Writer& w, Time before) {
  w.run("delete from outgoing where finished_at < $1", before);
}

int forget_idle_peers(db::Writer& w, Time before, int limit) {
  // The outer conditions are asked again of a row that somebody has just woken.
  return static_cast<int>(w.run(R"sql(
      delete from peer where run_at is null and failed_since is null and used_at < $1 and host in (
        select p.host from peer p
        where p.run_at is null and p.failed_since is null and p.used_at < $1
          and (select 1 from delivery d where d.host = p.host limit 1) is null
        order by p.used_at limit $2)
  )sql",
                                before, limit));
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
