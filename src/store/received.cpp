#include "store/received.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "store/measure.hpp"

namespace posy::store {

Kept keep_received(db::Writer& w, std::span<Received const> received) {
  Kept kept;
  // In one order, so that two who do this wait for each other instead of crossing.
  std::map<std::pair<ReceivedLane, std::string_view>, std::int64_t> grown;
  for (auto const& one : received) {
    kept.is_new.push_back(w.insert_new("received", one));
    if (kept.is_new.back()) grown[{one.lane, one.host}] += one.weight;
  }
  for (auto const& [queue, weight] : grown) {
    auto row = w.all<Sender>(R"sql(
        insert into sender (lane, host, run_at, waiting) values ($1, $2, $3, $4)
        on conflict (lane, host) do update set
          waiting = sender.waiting + $4,
          run_at = case when sender.is_taken = 1 or sender.run_at < $3 then sender.run_at else $3 end
        returning :row
    )sql",
                             queue.first, queue.second, w.now(), weight);
    kept.senders.push_back(std::move(row.at(0)));
  }
  add_to_measure(w, whole_server, Measure::received, std::ranges::count(kept.is_new, true));
  return kept;
}

std::int64_t weigh_received_waiting(db::Reader& r) {
  return r.one<std::int64_t>("select cast(coalesce(sum(waiting), 0) as bigint) from sender");
}

std::optional<Time> next_sender(db::Reader& r, ReceivedLane lane) {
  return r.one<std::optional<Time>>("select min(run_at) from sender where lane = $1", lane);
}

std::vector<Sender> take_senders(db::Writer& w, ReceivedLane lane, int limit, Milliseconds lease) {
  return w.all<Sender>(R"sql(
      update sender set run_at = $3, is_taken = 1, lease = $5
      where lane = $1 and run_at <= $2
        and host in (select host from sender where lane = $1 and run_at <= $2 order by run_at limit $4)
      returning :row
  )sql",
                       lane, w.now(), w.now() + lease, limit, w.make_id<RowId>());
}

void release_senders(db::Writer& w) {
  for (int lane = 0; lane < received_lanes; ++lane)
    w.run("update sender set run_at = $2, is_taken = 0 where lane = $1 and run_at > $2 and is_taken = 1", lane,
          w.now());
}

void bring_received_forward(db::Writer& w, Milliseconds by) {
  for (int lane = 0; lane < received_lanes; ++lane) {
    w.run(R"sql(
        update received set run_at = case when run_at - $2 > $1 then run_at - $2 else $1 end
        where lane = $3 and host in (select host from sender where lane = $3) and run_at is not null and run_at > $1
    )sql",
          w.now(), by.count(), lane);
    w.run(R"sql(
        update sender set run_at = case when run_at - $2 > $1 then run_at - $2 else $1 end
        where lane = $3 and run_at > $1
    )sql",
          w.now(), by.count(), lane);
  }
}

std::vector<Received> due_received(db::Reader& r, ReceivedLane lane, std::string_view host, int limit) {
  auto rows = r.all<Received>(R"sql(
      select :row from received
      where lane = $1 and host = $2 and run_at is not null and run_at <= $3 order by run_at limit $4
  )sql",
                              lane, host, r.now(), limit);
  std::ranges::sort(rows, {}, &Received::id);
  return rows;
}

std::int64_t finish_received(db::Writer& w, std::vector<RowId> const& ids, std::string_view outcome) {
  if (ids.empty()) return 0;
  auto weights = w.all<std::int64_t>(R"sql(
      update received set run_at = null, body = '', outcome = $2 where id in ids($1) and run_at is not null
      returning weight
  )sql",
                                     ids, outcome);
  return std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
}

void put_received_back(db::Writer& w, RowId id, Time run_at, std::string_view outcome) {
  w.run(R"sql(
      update received set run_at = $2, attempts = attempts + 1, outcome = $3 where id = $1 and run_at is not null
  )sql",
        id, run_at, outcome);
}

void set_received_aside(db::Writer& w, std::vector<RowId> const& ids, Time until) {
  if (ids.empty()) return;
  w.run("update received set run_at = $2 where id in ids($1) and run_at is not null", ids, until);
}

std::optional<Sender> shorten_sender(db::Writer& w, ReceivedLane lane, std::string_view host, std::int64_t by) {
  auto rows = w.all<Sender>(
      "update sender set waiting = waiting - $3 where lane = $1 and host = $2 returning :row", lane, host, by);
  if (rows.empty()) return {};
  return std::move(rows[0]);
}

void put_sender_back(db::Writer& w, Sender const& sender, Milliseconds rest) {
  auto const& [lane, host] = std::tie(sender.lane, sender.host);
  // The row is locked before what waits is looked at: whoever adds something now wakes it after us.
  auto const ours = w.run("update sender set is_taken = 0 where lane = $1 and host = $2 and lease = $3", lane, host,
                          sender.lease);
  if (ours == 0) return;
  auto next = w.one<std::optional<Time>>(
      "select min(run_at) from received where lane = $1 and host = $2 and run_at is not null", lane, host);
  if (!next) {
    w.run("delete from sender where lane = $1 and host = $2", lane, host);
    return;
  }
  // Behind those that wait already.
  w.run("update sender set run_at = $3 where lane = $1 and host = $2", lane, host, std::max(*next, w.now() + rest));
}

void allow_again(db::Writer& w, std::string_view activity) {
  w.run("delete from received where activity = $1 and run_at is null", activity);
}

bool forget_received(db::Writer& w, Time before, int limit) {
  auto ids = w.all<RowId>(
      "select id from received where received_at < $1 and run_at is null order by received_at limit $2", before, limit);
  if (!ids.empty()) w.run("delete from received where id in ids($1)", ids);
  return std::ssize(ids) == limit;
}

}  // namespace posy::store
