// The durable queue: work that a transaction promised and that is done after it, at its time, at least once.
//
// A job lies in the table `job` until it is done, so a process that dies loses nothing: whoever takes a job
// holds it for `lease`, after which it is due again. So every handler must be harmless when run twice, or leave what it
// writes to the unit of work that ends the job (handlers.hpp).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/access.hpp"
#include "jobs/kinds.hpp"
#include "jobs/payload.hpp"

namespace posy::jobs {

constexpr std::chrono::minutes lease{3};

struct Job {
  RowId id;
  std::string kind;
  std::string payload;
  Time run_at;
  int attempts = 0;
  std::string error;
};
BOOST_DESCRIBE_STRUCT(Job, (), (id, kind, payload, run_at, attempts, error))

void add_text(db::Writer& w, std::string_view kind, std::string payload, Time run_at);
void cancel_text(db::Writer& w, std::string_view kind, std::string_view payload);

// The same work is in the queue once: adding it again moves it to the new time.
template <class P>
void add(db::Writer& w, P const& payload, Time run_at) {
  add_text(w, P::kind, to_text(payload), run_at);
}
template <class P>
void cancel(db::Writer& w, P const& payload) {
  cancel_text(w, P::kind, to_text(payload));
}

// Takes up to `limit` jobs that are due; several processes may do so at the same time. The attempt is counted
// here, before it is made: what kills the process must not be tried for ever.
std::vector<Job> take_due(db::Writer& w, int limit);
// At the start of a server that is the only one: what was being done when it was killed is due.
void release(db::Writer& w);
// Taken and not done for a reason that is not theirs: they are due at once, and the attempt does not count.
void give_back(db::Writer& w, std::vector<RowId> const& ids);
// After the clock was set back: what waits waits so much less, but for what is promised for a time of the calendar.
void bring_forward(db::Writer& w, Milliseconds by);
bool is_any_due(db::Reader& r);
std::optional<Time> next_due(db::Reader& r);
bool finish(db::Writer& w, RowId id);  // false when another one has done so, or it was added anew
// Puts a failed job back for later, or removes it after its last attempt; says which it was.
enum class Retry { later, never };
Retry put_back(db::Writer& w, Job const& job, std::string_view error);

}  // namespace posy::jobs
