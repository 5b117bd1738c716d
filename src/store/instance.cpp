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
  out.domains = r.one<std::int64_t>("select count(distinct domain) from account where domain <> ''");
  return out;
}

std::vector<Week> weekly_activity(db::Reader& r, int weeks) {
  auto today = floor<days>(r.now());
  auto monday = today - (weekday{today} - Monday);
  std::vector<Week> out;
  for (int i = 0; i < weeks; ++i) {
    // Ids are times, so a week is a stretch of the primary key.
    Time begins = monday - days{7 * i};
    auto from = first_id_at(begins), to = first_id_at(begins + days{7});
    Week week{begins};
    week.posts = r.one<std::int64_t>("select count(*) from post where id >= $1 and id < $2 and is_local = 1", from, to);
    week.logins = r.one<std::int64_t>(
        "select count(*) from oauth_token where id >= $1 and id < $2 and account is not null", from, to);
    week.registrations =
        r.one<std::int64_t>("select count(*) from login where account >= $1 and account < $2", from, to);
    out.push_back(week);
  }
  return out;
}

std::vector<std::string> known_domains(db::Reader& r) {
  return r.all<std::string>("select distinct domain from account where domain <> '' order by domain");
}

std::optional<AccountId> contact_account(db::Reader& r) {
  return r.find<AccountId>("select account from login where role = 3 order by account limit 1");
}

}  // namespace posy::store
