#include "store/remote_profile.hpp"

#include "store/prefix.hpp"
#include "store/remote.hpp"

namespace posy::store {

std::optional<Time> profile_looked_at(db::Reader& r, AccountId account) {
  return r.find<Time>("select looked_at from remote_profile where account = $1", account);
}

void set_profile_looked_at(db::Writer& w, AccountId account, Time when) {
  w.run(R"sql(
      insert into remote_profile (account, looked_at) values ($1, $2)
      on conflict (account) do update set looked_at = excluded.looked_at
  )sql",
        account, when);
}

void set_remote_counts(db::Writer& w, AccountId account, RemoteCounts const& counts) {
  std::optional<std::int64_t> followers = counts.followers;
  if (followers) {
    auto known = w.one<std::int64_t>("select count(*) from follow where target = $1", account);
    followers = std::max(*followers, known);
  }
  w.run(R"sql(
      update account_stats set posts = coalesce(cast($2 as bigint), posts),
        followers = coalesce(cast($3 as bigint), followers), following = coalesce(cast($4 as bigint), following)
      where account = $1 and (select domain from account where id = $1) <> ''
  )sql",
        account, counts.posts, followers, counts.following);
}

std::optional<GoneAnswers> count_gone_answer(db::Writer& w, AccountId account) {
  auto remote = find_remote(w, account);
  if (!remote) return {};
  bool const is_first = !remote->failed_at;
  if (is_first) w.run("update remote_account set failed_at = $2 where account = $1", account, w.now());
  auto answers = w.find<int>(R"sql(
      update remote_profile set gone_answers = case when $2 = 1 then 1 else gone_answers + 1 end
      where account = $1 returning gone_answers
  )sql",
                             account, is_first);
  if (!answers) return {};
  return GoneAnswers{.since = remote->failed_at.value_or(w.now()), .answers = *answers};
}

void suspend(db::Writer& w, AccountId account, Time when) {
  w.run("update account set suspended_at = $2 where id = $1 and suspended_at is null", account, when);
}

std::vector<std::string> follower_uris_at(db::Reader& r, AccountId account, std::string_view origin, int limit) {
  auto prefix = std::string(origin) + "/";
  return r.all<std::string>(R"sql(
      select u.uri from remote_uri u join follow f on f.account = u.account and f.target = $1
      where u.uri >= $2 and u.uri < $3 limit $4
  )sql",
                            account, prefix, end_of_prefix(prefix), limit);
}

std::vector<Account> local_followers(db::Reader& r, AccountId account, int limit) {
  return r.all<Account>(R"sql(
      select :row(a) from follow f join account a on a.id = f.account
      where f.target = $1 and f.by_local = 1 limit $2
  )sql",
                        account, limit);
}

std::vector<PostId> pins_of(db::Reader& r, AccountId account, int limit) {
  return r.all<PostId>("select post from pin where account = $1 limit $2", account, limit);
}

}  // namespace posy::store
