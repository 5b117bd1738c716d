#include "store/received.hpp"

#include <algorithm>

namespace posy::store {

bool keep_received(db::Writer& w, Received const& received) {
  return w.insert_new("received", received);
}

std::int64_t count_received_waiting(db::Reader& r, int most) {
  return r.one<std::int64_t>("select count(*) from (select 1 from received where run_at is not null limit $1) n",
                             most);
}

std::vector<Received> take_received(db::Writer& w, int limit, Milliseconds lease) {
  auto taken = w.all<Received>(R"sql(
      update received set run_at = $2, attempts = attempts + 1
      where id in (select id from received where run_at is not null and run_at <= $1 order by run_at, id limit $3)
        and run_at <= $1
      returning :row
  )sql",
                               w.now(), w.now() + lease, limit);
  std::ranges::sort(taken, {}, &Received::id);
  return taken;
}

void release_received(db::Writer& w, Milliseconds lease) {
  w.run("update received set run_at = $1 where run_at > $1 and run_at <= $2", w.now(), w.now() + lease);
}

std::optional<Time> next_received(db::Reader& r) {
  return r.one<std::optional<Time>>("select min(run_at) from received where run_at is not null");
}

void finish_received(db::Writer& w, RowId id, std::string_view outcome) {
  w.run("update received set run_at = null, body = '', outcome = $2 where id = $1 and run_at is not null", id, outcome);
}

void put_received_back(db::Writer& w, RowId id, Time run_at, std::string_view outcome) {
  w.run("update received set run_at = $2, outcome = $3 where id = $1", id, run_at, outcome);
}

void uncount_attempt(db::Writer& w, RowId id) {
  w.run("update received set attempts = attempts - 1 where id = $1 and attempts > 0", id);
}

void forget_received(db::Writer& w, Time before) {
  w.run("delete from received where received_at < $1 and run_at is null", before);
}

}  // namespace posy::store
