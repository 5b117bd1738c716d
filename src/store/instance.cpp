#include "store/instance.hpp"

namespace posy::store {

using namespace std::chrono;

InstanceCounts count_instance(db::Reader& r) {
  InstanceCounts out;
  r.each<std::int64_t, std::int64_t, std::int64_t, std::int64_t>(
      R"sql(
        select count(*), coalesce(sum(s.posts), 0),
               coalesce(sum(case when s.last_post_at >= $1 then 1 else 0 end), 0),
               coalesce(sum(case when s.last_post_at >= $2 then 1 else 0 end), 0)
        from login l join account_stats s on s.account = l.account
      )sql",
      [&](std::int64_t people, std::int64_t posts, std::int64_t month, std::int64_t halfyear) {
        out.people = people;
        out.posts = posts;
        out.active_month = month;
        out.active_halfyear = halfyear;
      },
      r.now() - days{30}, r.now() - days{180});
  out.domains = static_cast<std::int64_t>(known_domains(r).size());
  return out;
}

std::vector<Week> weekly_activity(db::Reader& r, int weeks) {
  auto today = floor<days>(r.now());
  Time monday = today - (weekday{today} - Monday);
  Time first = monday - days{7} * (weeks - 1);
  std::vector<Week> out;
  for (int i = 0; i < weeks; ++i) out.push_back({monday - days{7} * i});
  // Ids are times, so a week is a stretch of them.
  auto count = [&](std::string_view sql, std::int64_t Week::* member) {
    auto take = [&](std::int64_t week, std::int64_t n) {
      out.at(static_cast<std::size_t>(weeks - 1 - week)).*member = n;
    };
    r.each<std::int64_t, std::int64_t>(sql, take, first_id_at(first), first_id_at(monday + days{7}),
                                       first_id_at(Time(days{7})));
  };
  count("select (id - $1) / $3, count(*) from post where id >= $1 and id < $2 and is_local = 1 group by 1",
        &Week::posts);
  count(
      "select (id - $1) / $3, count(*) from oauth_token where id >= $1 and id < $2 and account is not null "
      "group by 1",
      &Week::logins);
  count("select (account - $1) / $3, count(*) from login where account >= $1 and account < $2 group by 1",
        &Week::registrations);
  return out;
}

std::vector<std::string> known_domains(db::Reader& r) {
  // From each domain straight to the next: as many looks into the index as domains, not as accounts.
  return r.all<std::string>(R"sql(
      with recursive known (domain) as (
        select min(domain) from account where domain <> ''
        union all
        select (select min(domain) from account where domain > known.domain and domain <> '')
        from known where known.domain is not null
      )
      select domain from known where domain is not null
  )sql");
}

std::optional<AccountId> contact_account(db::Reader& r) {
  return r.find<AccountId>("select account from login where role = 3 order by account limit 1");
}

}  // namespace posy::store
