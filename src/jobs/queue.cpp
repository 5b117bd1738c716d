#include "jobs/queue.hpp"

#include <algorithm>

namespace posy::jobs {
namespace {

// 2^20 times the shortest delay is longer than any longest one.
constexpr int doublings_max = 20;

Milliseconds delay_after(Policy const& policy, int attempts) {
  Milliseconds delay = policy.first_delay * (std::int64_t{1} << std::clamp(attempts - 1, 0, doublings_max));
  return std::min<Milliseconds>(delay, policy.longest_delay);
}

}  // namespace

void add_text(db::Writer& w, std::string_view kind, std::string payload, Time run_at) {
  cancel_text(w, kind, payload);
  w.insert("job", Job{.id = w.make_id<RowId>(),
                      .kind = std::string(kind),
                      .payload = std::move(payload),
                      .run_at = run_at});
}

void cancel_text(db::Writer& w, std::string_view kind, std::string_view payload) {
  w.run("delete from job where kind = $1 and payload = $2", kind, payload);
}

std::vector<Job> take_due(db::Writer& w, int limit) {
  // The outer condition is asked again of a row that somebody else has just taken.
  auto taken = w.all<Job>(R"sql(
      update job set run_at = $2, attempts = attempts + 1
      where id in (select id from job where run_at <= $1 order by run_at, id limit $3) and run_at <= $1
      returning :row
  )sql",
                          w.now(), w.now() + lease, limit);
  std::ranges::sort(taken, {}, &Job::id);
  return taken;
}

void release(db::Writer& w) {
  // Also those that failed and are due soon: they are tried a little earlier.
  w.run("update job set run_at = $1 where run_at > $1 and run_at <= $2 and attempts > 0", w.now(), w.now() + lease);
}

void give_back(db::Writer& w, std::vector<RowId> const& ids) {
  w.run("update job set run_at = $2, attempts = attempts - 1 where id in ids($1) and attempts > 0", ids, w.now());
}

void bring_forward(db::Writer& w, Milliseconds by) {
  w.run(R"sql(
      update job set run_at = case when run_at - $2 > $1 then run_at - $2 else $1 end
      where run_at > $1 and (attempts > 0 or (kind <> $3 and kind <> $4))
  )sql",
        w.now(), by.count(), PublishScheduled::kind, EndPoll::kind);
}

bool is_any_due(db::Reader& r) {
  return r.find<std::int64_t>("select 1 from job where run_at <= $1 limit 1", r.now()).has_value();
}

std::optional<Time> next_due(db::Reader& r) {
  return r.one<std::optional<Time>>("select min(run_at) from job");
}

bool finish(db::Writer& w, RowId id) {
  return w.run("delete from job where id = $1", id) > 0;
}

Retry put_back(db::Writer& w, Job const& job, std::string_view error) {
  auto const* policy = find_policy(job.kind);
  if (!policy || job.attempts >= policy->attempts) {
    finish(w, job.id);
    return Retry::never;
  }
  w.run("update job set run_at = $2, error = $3 where id = $1", job.id,
        w.now() + delay_after(*policy, job.attempts), error);
  return Retry::later;
}

}  // namespace posy::jobs
