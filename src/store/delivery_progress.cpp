#include "store/delivery_progress.hpp"

#include <limits>

namespace posy::store {
namespace {

constexpr int outgoing_counted = 100'000;

}  // namespace

void name_sent(db::Writer& w, PostId post, SentKind kind) {
  w.run("update outgoing set kind = $2 where kind is null and id = (select max(id) from outgoing where post = $1)",
        post, kind);
}

std::vector<Sent> sent_of(db::Reader& r, PostId post, int limit) {
  return r.all<Sent>("select :row from outgoing where post = $1 order by id desc limit $2", post, limit);
}

std::vector<Sent> sent_open(db::Reader& r, int limit) {
  return r.all<Sent>(
      "select :row from outgoing where finished_at is null and post is not null order by id desc limit $1", limit);
}

std::vector<Told> told_by(db::Reader& r, std::vector<RowId> const& outgoing) {
  if (outgoing.empty()) return {};
  return r.all<Told>("select distinct post, sender from outgoing where id in ids($1) and post is not null", outgoing);
}

std::vector<WaitingHost> waiting_hosts(db::Reader& r, RowId outgoing, std::string_view after_host,
                                       std::string_view after_inbox, int limit) {
  return r.all<WaitingHost>(R"sql(
      select d.host, d.inbox, p.failures, p.failed_since, p.error, p.run_at, p.is_taken
      from delivery d join peer p on p.host = d.host
      where d.outgoing = $1 and (d.host > $2 or (d.host = $2 and d.inbox > $3))
      order by d.host, d.inbox limit $4
  )sql",
                            outgoing, after_host, after_inbox, limit);
}

std::vector<FailedDelivery> failed_after(db::Reader& r, RowId outgoing, std::string_view after_inbox, int limit) {
  return r.all<FailedDelivery>(
      "select :row from failed_delivery where outgoing = $1 and inbox > $2 order by inbox limit $3", outgoing,
      after_inbox, limit);
}

std::optional<Time> next_try(db::Reader& r, RowId outgoing, int limit) {
  auto next = r.one<std::optional<Time>>(R"sql(
      select min(case when p.is_taken = 1 then 0 else p.run_at end)
      from (select host from delivery where outgoing = $1 limit $2) d join peer p on p.host = d.host
  )sql",
                                         outgoing, limit);
  if (next) next = std::max(*next, r.now());
  return next;
}

std::vector<FailingHost> failing_hosts(db::Reader& r, int limit) {
  return r.all<FailingHost>(R"sql(
      select p.host, p.failures, p.failed_since, p.error, p.run_at,
        (select count(*) from (select 1 from delivery d where d.host = p.host limit 1000) n)
      from peer p where p.failed_since is not null order by p.failed_since limit $1
  )sql",
                            limit);
}

std::vector<GivenUpHost> given_up_hosts(db::Reader& r, int limit) {
  return r.all<GivenUpHost>(R"sql(
      select f.outgoing, o.post, f.inbox, f.error, f.failed_at
      from failed_delivery f join outgoing o on o.id = f.outgoing
      where f.outgoing < $1 order by f.outgoing desc, f.inbox desc limit $2
  )sql",
                            std::numeric_limits<std::int64_t>::max(), limit);
}

QueueDepth queue_depth(db::Reader& r) {
  QueueDepth out;
  out.deliveries = r.one<std::int64_t>(R"sql(
      select cast(coalesce(sum(waiting), 0) as bigint)
      from (select waiting from outgoing where finished_at is null limit $1) n
  )sql",
                                       outgoing_counted);
  out.hosts = r.one<std::int64_t>("select count(*) from peer where run_at is not null");
  out.resting = r.one<std::int64_t>("select count(*) from peer where run_at is not null and retry_at > $1", r.now());
  return out;
}

}  // namespace posy::store
