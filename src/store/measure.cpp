#include "store/measure.hpp"

namespace posy::store {

void add_to_measure(db::Writer& w, std::int64_t scope, Measure measure, std::int64_t number) {
  if (number <= 0) return;
  w.run(R"sql(
      insert into measure (scope, kind, hour, number) values ($1, $2, $3, $4)
      on conflict (scope, kind, hour) do update set number = measure.number + excluded.number
  )sql",
        scope, measure, hour_of(w.now()), number);
}

std::vector<Counted> hours_of(db::Reader& r, std::int64_t scope, Measure measure, std::int64_t first_hour) {
  return r.all<Counted>(R"sql(
      select hour as slot, number from measure where scope = $1 and kind = $2 and hour >= $3 order by hour
  )sql",
                        scope, measure, first_hour);
}

std::vector<Counted> told_by_day(db::Reader& r, AccountId account, NotificationKind kind, Time from) {
  return r.all<Counted>(R"sql(
      select created_at / 86400000 as slot, count(*) as number from notification
      where account = $1 and filtered = 0 and kind = $2 and newest in (0, 1) and id >= $3
      group by created_at / 86400000 order by 1
  )sql",
                        account, kind, first_id_at(from));
}

void forget_measures(db::Writer& w, Time before) { w.run("delete from measure where hour < $1", hour_of(before)); }

}  // namespace posy::store
