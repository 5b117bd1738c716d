#include "store/operator_numbers.hpp"

#include <limits>

namespace posy::store {

OperatorNumbers operator_numbers(db::Reader& r) {
  OperatorNumbers out;
  out.accounts = r.one<std::int64_t>("select count(*) from account");
  out.posts = r.one<std::int64_t>("select count(*) from post_stats");
  out.database_bytes =
      r.engine() == db::Engine::sqlite ? sqlite::database_bytes(r) : postgres::database_bytes(r);
  out.copies_bytes = r.one<std::int64_t>("select bytes from remote_file_total where id = 1");
  return out;
}

std::int64_t count_failing_hosts(db::Reader& r) {
  return r.one<std::int64_t>("select count(*) from peer where failed_since is not null");
}

std::int64_t count_jobs(db::Reader& r) { return r.one<std::int64_t>("select count(*) from job"); }

std::vector<Login> logins_before(db::Reader& r, AccountId account, int limit) {
  auto const before = account ? account.value : std::numeric_limits<std::int64_t>::max();
  return r.all<Login>("select :row from login where account < $1 order by account desc limit $2", before, limit);
}

std::vector<LastUse> last_uses(db::Reader& r, std::vector<AccountId> const& accounts) {
  if (accounts.empty()) return {};
  return r.all<LastUse>(R"sql(
      select account, max(used_at) as at from oauth_token
      where account in ids($1) and used_at is not null group by account
  )sql",
                        accounts);
}

}  // namespace posy::store
